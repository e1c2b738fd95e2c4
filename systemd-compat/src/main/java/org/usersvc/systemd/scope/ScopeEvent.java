package org.usersvc.systemd.scope;

/** Something that happens to a scope. */
public enum ScopeEvent {
  /** It is made, with its first processes. */
  STARTED,
  STOP_ASKED,
  /** The program that made it takes no interest any more. */
  ABANDONED,
  /** No process is left; also the answer to a signal that nobody got. */
  PROCESSES_GONE,
  /** The timer of the scope has fired. */
  TIMER_FIRED,
  /** A client asks to forget a failure. */
  RESET_FAILED
}
