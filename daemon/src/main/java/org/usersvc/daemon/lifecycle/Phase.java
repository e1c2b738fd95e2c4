package org.usersvc.daemon.lifecycle;

/** Where a supervised process is on its way. INVARIANT: only Running and Finishing have a pid. */
public sealed interface Phase {
  /** There is no process, and none will start by itself. */
  record Down(Result result) implements Phase {
    /** Down by request. */
    public Down() {
      this(Result.ASKED);
    }

    public boolean failed() {
      return result == Result.FAILED;
    }
  }

  /** Wanted up, but the directory has no run yet: waits until run appears. */
  record Incomplete() implements Phase {}

  /** Wanted up, but a variable or a service that run needs is missing: waits for it. */
  record Waiting() implements Phase {}

  /** control/u runs; run follows when it has ended. */
  record Preparing() implements Phase {}

  /** run was ordered; the answer comes at once, unless a file system hangs. */
  record Starting() implements Phase {}

  /**
   * run lives.
   *
   * @param termSent whether this process was sent TERM by a command
   * @param killSent whether this process was sent KILL by a command
   * @param cause why the daemon ends it of its own accord, NONE if it does not
   * @param ready whether it has notified that it is ready; true at once if it never notifies
   */
  record Running(int pid, boolean termSent, boolean killSent, Cause cause, boolean ready)
      implements Phase {
    /** A run that was not sent KILL and that the daemon does not end. */
    public Running(int pid, boolean termSent, boolean ready) {
      this(pid, termSent, false, Cause.NONE, ready);
    }

    /** Whether the daemon ends this run of its own accord. */
    public boolean outdated() {
      return cause != Cause.NONE;
    }

    Running commanded(Command sent) {
      return new Running(
          pid, termSent || sent == Command.TERM, killSent || sent == Command.KILL, cause, ready);
    }

    Running outdatedBy(Cause next) {
      return new Running(pid, termSent, killSent, next, ready);
    }

    Running becomingReady() {
      return new Running(pid, termSent, killSent, cause, true);
    }

    Running continuedBy(int other) {
      return new Running(other, termSent, killSent, cause, ready);
    }
  }

  /** A oneshot has run to its end and counts as up; finish follows when it goes down. */
  record Completed() implements Phase {}

  /** finish was ordered; the answer comes at once, unless a file system hangs. */
  record FinishStarting(Next next) implements Phase {}

  /** finish lives. */
  record Finishing(int pid, Next next) implements Phase {}

  /** Wanted up after a quick death; waits for the restart timer. */
  record BackingOff() implements Phase {}

  /** run needs variables and has ended a moment ago: waits until the variables have settled. */
  record Settling() implements Phase {}

  /** Supervision has ended; no event has an effect any more. */
  record Gone() implements Phase {}

  /** Whether a command or the daemon has ordered run to end: its end is no crash. */
  default boolean isEnding() {
    return this instanceof Running run && (run.termSent() || run.killSent() || run.outdated());
  }

  /** Whether run is started again when the restart timer fires. */
  default boolean isDelayed() {
    return this instanceof BackingOff || this instanceof Settling;
  }

  /** Whether services that depend on this one may run. */
  default boolean isUp() {
    return this instanceof Completed || (this instanceof Running running && running.ready());
  }

  /** Whether it is on its way: it has a process, or starts the next one. */
  default boolean isBusy() {
    return switch (this) {
      case Preparing _, Starting _, Running _, FinishStarting _, Finishing _ -> true;
      case Down _, Incomplete _, Waiting _, Completed _ -> false;
      case BackingOff _, Settling _, Gone _ -> false;
    };
  }

  /** The word by which clients know the phase. */
  default String word() {
    return switch (this) {
      case Down down -> down.failed() ? "failed" : "down";
      case Incomplete _ -> "incomplete";
      case Waiting _ -> "waiting";
      case Preparing _, Starting _ -> "starting";
      case Running _ -> "run";
      case Completed _ -> "done";
      case FinishStarting _, Finishing _ -> "finish";
      case BackingOff _, Settling _ -> "backoff";
      case Gone _ -> "gone";
    };
  }

  /** The process of this phase, 0 for none. */
  default int pidOrZero() {
    return switch (this) {
      case Running running -> running.pid();
      case Finishing finishing -> finishing.pid();
      case Down _, Incomplete _, Waiting _, Preparing _, Starting _, Completed _ -> 0;
      case FinishStarting _, BackingOff _, Settling _, Gone _ -> 0;
    };
  }
}
