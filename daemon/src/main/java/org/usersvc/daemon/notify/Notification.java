package org.usersvc.daemon.notify;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of one message; absent parts are null. Immutable.
 *
 * @param complaints the invalid parts that were left out, for people, one line each
 */
public record Notification(Progress progress, Facts facts, Timing timing, List<String> complaints) {
  static final Notification NOTHING =
      new Notification(
          new Progress(null, null),
          new Facts(null, null, null, null),
          new Timing(null, null, null),
          List.of());

  /** The phase that a service reports. */
  public enum Phase {
    READY,
    RELOADING,
    STOPPING
  }

  /** A message to the watchdog. */
  public enum Watchdog {
    /** The service lives. */
    PING,
    /** The service has found out by itself that it does not work. */
    TRIGGER
  }

  /**
   * The progress of a service.
   *
   * @param monotonic when the phase began, on the kernel's monotonic clock; with a reload only
   */
  public record Progress(@Nullable Phase phase, @Nullable Duration monotonic) {}

  /**
   * Facts about a service.
   *
   * @param status for people; empty takes back the one before
   * @param errno 0 to 4095
   * @param busError the name of a D-Bus error
   * @param mainPid positive; not checked to be a process of the service
   */
  public record Facts(
      @Nullable String status,
      @Nullable Integer errno,
      @Nullable String busError,
      @Nullable Integer mainPid) {}

  /**
   * Requests about timers. A time is 100 years at most.
   *
   * @param watchdogEvery zero: turns the watchdog off
   * @param extendTimeout from now on
   */
  public record Timing(
      @Nullable Watchdog watchdog,
      @Nullable Duration watchdogEvery,
      @Nullable Duration extendTimeout) {}

  public Notification {
    complaints = List.copyOf(complaints);
  }

  /** The content of a message that came without descriptors. */
  public static Notification parse(String message) {
    return Assignments.read(message, 0);
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

  public @Nullable String busError() {
    return facts.busError();
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
