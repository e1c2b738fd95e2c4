package org.usersvc.daemon.lifecycle;

/** What was asked of a service; changes only by command, by removal and by the daemon's end. */
public enum Wanted {
  /** Runs, and is started again whenever it ends. */
  UP,
  /** Is not started again; a process that runs (after once) may go on. */
  DOWN,
  /** Down, then no longer supervised; waits for the process without limit, as runsv does. */
  EXIT,
  /** As EXIT, for a logger whose input is closed: nothing but removal overrules it. */
  DRAINED,
  /** As EXIT, but whatever does not end in timeout-kill is killed. Nothing overrules it. */
  REMOVED;

  /** What clients call it. */
  public String word() {
    return switch (this) {
      case UP -> "up";
      case DOWN -> "down";
      case EXIT, DRAINED, REMOVED -> "exit";
    };
  }

  /** Whether supervision ends when the process has ended. */
  public boolean leaves() {
    return this == EXIT || isFinal();
  }

  /** Whether no command changes it any more. */
  public boolean isFinal() {
    return this == DRAINED || this == REMOVED;
  }
}
