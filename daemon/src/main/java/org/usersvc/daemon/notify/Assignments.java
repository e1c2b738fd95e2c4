package org.usersvc.daemon.notify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.notify.Notification.Facts;
import org.usersvc.daemon.notify.Notification.Phase;
import org.usersvc.daemon.notify.Notification.Progress;
import org.usersvc.daemon.notify.Notification.Timing;
import org.usersvc.daemon.notify.Notification.Watchdog;

/** Reads one message. Of lines with the same name the last valid one counts. */
final class Assignments {
  private static final int LONGEST_SHOWN = 60;

  private final Map<Assignment, String> values = new EnumMap<>(Assignment.class);
  private final List<String> complaints = new ArrayList<>();
  private @Nullable Phase phase;

  private Assignments() {}

  /**
   * Parses a message.
   *
   * @param descriptors how many came with it
   */
  static Notification read(String message, int descriptors) {
    var assignments = new Assignments();
    var lines = message.lines().filter(line -> !line.isEmpty()).toList();
    for (String line : lines) {
      assignments.take(line);
    }
    assignments.checkBarrier(lines.size(), descriptors);
    return assignments.notification();
  }

  private void take(String line) {
    int equals = line.indexOf('=');
    var assignment = Assignment.of(line.substring(0, Math.max(equals, 0)));
    String value = line.substring(equals + 1);
    if (assignment != null && assignment.fits(value)) {
      values.put(assignment, value);
      enter(assignment);
    } else if (assignment != null) {
      complaints.add(shown(line) + ": " + assignment.expected() + ", ignoring it");
    }
  }

  private void enter(Assignment assignment) {
    switch (assignment) {
      case READY -> phase = Phase.READY;
      case RELOADING -> phase = Phase.RELOADING;
      case STOPPING -> phase = Phase.STOPPING;
      case MONOTONIC_USEC, STATUS, ERRNO, BUSERROR, MAINPID -> {}
      case WATCHDOG, WATCHDOG_USEC, EXTEND_TIMEOUT_USEC, BARRIER -> {}
    }
  }

  private void checkBarrier(int lines, int descriptors) {
    if (values.containsKey(Assignment.BARRIER) && (lines != 1 || descriptors != 1)) {
      complaints.add("BARRIER=1: nothing else and one descriptor are expected with it");
    }
  }

  private Notification notification() {
    var monotonic = value(Assignment.MONOTONIC_USEC, Assignment::micros);
    return new Notification(
        new Progress(phase, phase == Phase.RELOADING ? monotonic : null),
        new Facts(
            values.get(Assignment.STATUS),
            value(Assignment.ERRNO, Integer::valueOf),
            values.get(Assignment.BUSERROR),
            value(Assignment.MAINPID, Integer::valueOf)),
        new Timing(
            value(Assignment.WATCHDOG, text -> text.equals("1") ? Watchdog.PING : Watchdog.TRIGGER),
            value(Assignment.WATCHDOG_USEC, Assignment::micros),
            value(Assignment.EXTEND_TIMEOUT_USEC, Assignment::micros)),
        complaints);
  }

  private <T> @Nullable T value(Assignment assignment, Function<String, T> reader) {
    String text = values.get(assignment);
    return text == null ? null : reader.apply(text);
  }

  private static String shown(String line) {
    String some = line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line;
    return NativeText.printable(some);
  }
}
