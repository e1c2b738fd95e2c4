package org.usersvc.daemon.activation;

import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.SessionTable;

/** How much sessions may bring and may be set by hand, all together. <b>Loop thread only.</b> */
final class Room {
  /** As Environment.sizeOf counts it. */
  private static final int MOST = 1024 * 1024;

  private final SessionTable table;
  private IntSupplier byHand = () -> 0;

  Room(SessionTable table) {
    this.table = table;
  }

  /** Tells how much is set by hand, as that counts, too. */
  void alsoCounts(IntSupplier size) {
    byHand = size;
  }

  /**
   * Whether variables are too many for a session, null if they fit.
   *
   * @param before the session as it is, null for a new one
   */
  @Nullable Outcome excess(@Nullable Session before, Map<String, String> variables) {
    return before == null
        ? excess(variables, Map.of())
        : excess(before.with(variables).variables().variables(), before.variables().variables());
  }

  /**
   * Whether variables are too many, or too long, with all that there is already; null if they fit.
   *
   * @param instead what they take the place of
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
