package org.usersvc.daemon.lifecycle;

/**
 * What a process is to be; changes by command, by removal, by the daemon's end, and when a run is
 * done or has failed.
 */
public enum Wanted {
  /** It runs, and is started again whenever it ends. */
  UP,
  /** It is not started again; a process that runs (after once) may go on. */
  DOWN,
  /** It goes down and is then no longer supervised; as in runsv, the wait has no limit. */
  EXIT,
  /** As EXIT, for a logger whose input is closed: only removal overrules it. */
  DRAINED,
  /** As EXIT, but a process that does not end in timeout-kill is killed. Nothing overrules it. */
  REMOVED;

  /** The word by which clients know it. */
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
