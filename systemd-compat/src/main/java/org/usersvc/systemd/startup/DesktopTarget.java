package org.usersvc.systemd.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.usersvc.daemon.extension.Desktops;
import org.usersvc.daemon.extension.Desktops.Desktop;
import org.usersvc.daemon.extension.Records;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;

/**
 * Starts {@code usersvc-session.target}, which binds {@code graphical-session.target}, for desktops
 * that know nothing of units: sway, labwc, and programs that need the target run there, too. It
 * stops when the last of these desktops has ended.
 *
 * <p>A desktop that runs as a unit, or starts the target by itself, is left alone: GNOME and others
 * refuse to start where the target is active. <b>Loop thread only.</b>
 */
public final class DesktopTarget {
  /** So long after its registration a desktop may still start the target by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final UnitName OWN = UnitName.of("usersvc-session.target");
  private static final UnitName GRAPHICAL = UnitName.of("graphical-session.target");

  /** What was decided about sessions, for the daemon that goes on after this one. */
  private static final String RECORD = "desktops";

  private final Map<Integer, Course> courses = new TreeMap<>();
  private final Map<Integer, Alarm> alarms = new HashMap<>();
  private final Parts parts;

  /** What is done about a session. */
  private enum Course {
    /** It may still start the target by itself. */
    WAITS,
    /** It has a target of its own, or needs none. */
    LEFT,
    /** The target stays active for it. */
    HELD
  }

  /** Finds out who leads a session. */
  @FunctionalInterface
  public interface Leaders {
    /** Calls the taker, perhaps later, with whether a process belongs to a unit. */
    void isOfUnit(int pid, Consumer<Boolean> taker);
  }

  /**
   * What it stands on.
   *
   * @param manager there from the first call on
   * @param warn logs trouble
   */
  public record Parts(
      Turns turns,
      Records records,
      Desktops desktops,
      Supplier<Manager> manager,
      Leaders leaders,
      Consumer<String> warn) {}

  /** Begins nothing yet. */
  public DesktopTarget(Parts parts) {
    this.parts = parts;
  }

  /** Follows the sessions from now on; those of an earlier daemon are known at the next turn. */
  public void begin() {
    String earlier = parts.records().all().getOrDefault(RECORD, "");
    for (String word : earlier.split(" ", -1)) {
      restore(word);
    }
    var desktops = parts.desktops();
    desktops.onChange(this::review);
    desktops.onGraphical(this::hold);
    parts.turns().soon(this::review);
  }

  private void restore(String word) {
    int equals = word.indexOf('=');
    for (var course : Course.values()) {
      if (equals > 0 && word.endsWith("=" + course) && course != Course.WAITS) {
        courses.put(Integer.parseInt(word.substring(0, equals)), course);
      }
    }
  }

  private void record() {
    var words = new ArrayList<String>();
    courses.forEach((session, course) -> {
      if (course != Course.WAITS) {
        words.add(session + "=" + course);
      }
    });
    var records = parts.records();
    if (words.isEmpty()) {
      records.remove(RECORD);
    } else {
      records.put(RECORD, String.join(" ", words));
    }
  }

  private void review() {
    boolean held = courses.containsValue(Course.HELD);
    boolean changed = courses.keySet().removeIf(session -> !parts.desktops().lives(session));
    alarms
        .entrySet()
        .removeIf(alarm -> {
          boolean gone = !courses.containsKey(alarm.getKey());
          if (gone) {
            alarm.getValue().clear();
          }
          return gone;
        });
    for (var desktop : parts.desktops().all()) {
      if (courses.putIfAbsent(desktop.id(), Course.WAITS) == null) {
        waitFor(desktop.id());
      }
    }
    if (changed) {
      record();
    }
    if (held && !courses.containsValue(Course.HELD)) {
      ask(JobType.STOP);
    }
  }

  private void waitFor(int session) {
    var alarm = parts.turns().alarm();
    alarms.put(session, alarm);
    alarm.set(PATIENCE, () -> decide(session));
  }

  private void decide(int session) {
    var desktop = parts.desktops().all().stream().filter(each -> each.id() == session).findFirst();
    if (desktop.isEmpty()) { // it is one no longer
      courses.remove(session);
      alarms.remove(session);
    } else if (isPulled()) {
      settle(session, Course.LEFT);
    } else {
      parts
          .leaders()
          .isOfUnit(
              desktop.map(Desktop::leader).orElseThrow(),
              isOfUnit -> {
                if (courses.get(session) == Course.WAITS && (isOfUnit || isPulled())) {
                  settle(session, Course.LEFT);
                } else if (courses.get(session) == Course.WAITS) {
                  hold(session);
                }
              });
    }
  }

  /** Whether the target was started by another program. */
  private boolean isPulled() {
    boolean isOurs = courses.containsValue(Course.HELD) && runs(OWN);
    return !isOurs && runs(GRAPHICAL);
  }

  private boolean runs(UnitName name) {
    boolean isUp =
        parts
            .manager()
            .get()
            .find(name)
            .filter(unit -> !unit.state().active().isInactiveOrFailed())
            .isPresent();
    return isUp || parts.manager().get().jobOf(name).isPresent();
  }

  private void hold(int session) {
    settle(session, ask(JobType.START) ? Course.HELD : Course.LEFT);
  }

  private void settle(int session, Course course) {
    var alarm = alarms.remove(session);
    if (alarm != null) {
      alarm.clear();
    }
    courses.put(session, course);
    record();
  }

  private boolean ask(JobType type) {
    return switch (parts.manager().get().ask(type, OWN, JobMode.REPLACE)) {
      case Asked.Queued _ -> true;
      case Asked.Refused(Refusal reason) -> {
        if (!isMask(reason)) {
          parts.warn().accept("Cannot " + type.word() + " " + OWN + ": " + reason.message());
        }
        yield false;
      }
    };
  }

  /** Whether the user does not want the target. */
  private static boolean isMask(Refusal reason) {
    return reason instanceof Refusal.NotLoaded(var unit, var problem)
        && unit.equals(OWN)
        && problem == Refusal.Problem.MASKED;
  }
}
