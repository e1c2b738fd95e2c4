package org.usersvc.daemon.activation;

import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.SessionTable;

/** The bound for the variables of all sessions and changes by hand. <b>Loop thread only.</b> */
final class Room {
  /** In the unit of Environment.sizeOf. */
  private static final int MOST = 1024 * 1024;

  private final SessionTable table;
  private IntSupplier byHand = () -> 0;

  Room(SessionTable table) {
    this.table = table;
  }

  /** Sets where the size of the changes by hand comes from. */
  void alsoCounts(IntSupplier size) {
    byHand = size;
  }

  /**
   * The refusal of variables that are too large for a session, null if they fit.
   *
   * @param before the session as it is, null for a new one
   */
  @Nullable Outcome excess(@Nullable Session before, Map<String, String> variables) {
    return before == null
        ? excess(variables, Map.of())
        : excess(before.with(variables).variables().variables(), before.variables().variables());
  }

  /**
   * The refusal of variables that are too large with all others; null if they fit.
   *
   * @param instead the variables that they replace
   */
  @Nullable Outcome excess(
      Map<String, ? extends @Nullable String> variables,
      Map<String, ? extends @Nullable String> instead) {
    int more = Environment.sizeOf(variables) - Environment.sizeOf(instead);
    int all = byHand.getAsInt();
    for (var session : table.all()) {
      all += Environment.sizeOf(session.variables().variables());
    }
    if (more <= 0 || all + more <= MOST || variables.isEmpty()) {
      return null;
    }
    return new Outcome.InvalidValue(
        new TreeSet<>(variables.keySet()).last(),
        "is too much: all that sessions bring and that is set by hand has 1 MiB at most; unset"
            + " some, or end a session");
  }
}
