package org.usersvc.systemd.service;

/** What holds in every reachable state, and for every step. */
enum Invariant {
  /** Main and control are there, or ordered, exactly if the state says so. */
  PROCESSES_ARE_TRUE,
  /** Never two main or two control processes. */
  ONE_OF_EACH,
  /** A service that is down has no process. */
  DOWN_IS_EMPTY,
  /** Nothing that lives is forgotten before it has got the last signal, if there is one. */
  KILLED_BEFORE_FORGOTTEN,
  /** Whatever a service waits for has a bound if its timeout is finite; nothing else has one. */
  BOUNDS,
  RUNTIME_TIMER,
  WATCHDOG_TIMER,
  RESTART_TIMER,
  /** A request is answered exactly once, unless another one replaces it. */
  ANSWERED_ONCE,
  /** A service that was stopped by request is not restarted by itself. */
  STOPPED_STAYS_DOWN,
  /** The commands after the stop are run exactly once in each run. */
  STOP_POST_ONCE,
  /** Stop commands are for services that have come up. */
  STOP_AFTER_START,
  /** KillMode=none sends no signal, SendSIGKILL=no no last one. */
  KILL_MODE,
  /** The first failure stays the result of a run. */
  FIRST_FAILURE_COUNTS,
  /** A service is failed exactly if its result is a failure. */
  FAILED_IS_A_FAILURE,
  /** A phase that is entered last is the phase of the state. */
  SHOWN_IS_TRUE,
  /** A service runs by virtue of a process. */
  RUNNING_HAS_A_PROCESS
}
