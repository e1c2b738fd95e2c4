package org.usersvc.systemd.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.systemd.syntax.Problem;
import org.usersvc.systemd.syntax.UnitName;

/**
 * What a log says about units already: a unit is read again whenever it is needed again, and its
 * problems are news only if they have changed. Used by one thread at a time.
 */
final class LoggedProblems {
  /** Of more units than these, the eldest are logged again. */
  private static final int MOST = 1000;

  private final Map<UnitName, List<Problem>> logged = new LinkedHashMap<>();

  /** Whether these are not the problems that the unit had when it was read last. */
  boolean areNews(UnitName unit, List<Problem> now) {
    var before = now.isEmpty() ? logged.remove(unit) : logged.put(unit, List.copyOf(now));
    if (logged.size() > MOST) {
      logged.remove(logged.keySet().iterator().next());
    }
    return !now.isEmpty() && !now.equals(before);
  }
}
