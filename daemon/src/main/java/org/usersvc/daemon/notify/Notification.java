package org.usersvc.daemon.notify;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one message says; what it does not say is null. Immutable.
 *
 * @param complaints what was wrong with it and has been left out, for people, one line each
 */
public record Notification(Progress progress, Facts facts, Timing timing, List<String> complaints) {
  static final Notification NOTHING =
      new Notification(
          new Progress(null, null),
          new Facts(null, null, null),
          new Timing(null, null, null),
          List.of());

  /** Where a service says that it is. */
  public enum Phase {
    READY,
    RELOADING,
    STOPPING
  }

  /** What a service tells its watchdog. */
  public enum Watchdog {
    /** It lives. */
    PING,
    /** It has found out by itself that it does not work. */
    TRIGGER
  }

  /**
   * How far a service is.
   *
   * @param monotonic when it began to be so, on the kernel's monotonic clock; with a reload only
   */
  public record Progress(@Nullable Phase phase, @Nullable Duration monotonic) {}

  /**
   * What a service tells of itself.
   *
   * @param status for people; empty takes back what was said before
   * @param errno 0 to 4095
   * @param mainPid positive; nobody has checked that it is one of the service's
   */
  public record Facts(
      @Nullable String status, @Nullable Integer errno, @Nullable Integer mainPid) {}

  /**
   * What a service asks of timers. A time is 100 years at most.
   *
   * @param watchdogEvery zero: it is not watched any more
   * @param extendTimeout from now on
   */
  public record Timing(
      @Nullable Watchdog watchdog,
      @Nullable Duration watchdogEvery,
      @Nullable Duration extendTimeout) {}

  public Notification {
    complaints = List.copyOf(complaints);
  }

  /** A message that was not read at all. */
  static Notification unread(String complaint) {
    return new Notification(NOTHING.progress, NOTHING.facts, NOTHING.timing, List.of(complaint));
  }

  boolean saysNothing() {
    return equals(NOTHING);
  }

  public boolean ready() {
    return progress.phase() == Phase.READY;
  }

  public boolean reloading() {
    return progress.phase() == Phase.RELOADING;
  }

  public boolean stopping() {
    return progress.phase() == Phase.STOPPING;
  }

  public @Nullable String status() {
    return facts.status();
  }

  public @Nullable Integer errno() {
    return facts.errno();
  }

  public @Nullable Integer mainPid() {
    return facts.mainPid();
  }

  public @Nullable Watchdog watchdog() {
    return timing.watchdog();
  }

  public @Nullable Duration watchdogEvery() {
    return timing.watchdogEvery();
  }

  public @Nullable Duration extendTimeout() {
    return timing.extendTimeout();
  }
}
