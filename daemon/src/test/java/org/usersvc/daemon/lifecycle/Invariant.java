package org.usersvc.daemon.lifecycle;

/** What must hold whatever happens. */
enum Invariant {
  /** run is spawned only when neither run nor finish lives, finish likewise. */
  ONE_PROCESS,
  /** The phase tells truly which process lives and which is ordered. */
  PHASE_IS_TRUE,
  /** Each end of run orders finish, that of a oneshot later, and nothing else does. */
  ONE_FINISH_PER_DEATH,
  /** A oneshot that has run is still wanted up. */
  COMPLETED_IS_WANTED,
  /** What has failed for good is not wanted up any more. */
  FAILED_IS_NOT_WANTED,
  /** Only of a run that lives is it found out whether it is ready. */
  READY_IS_OF_RUN,
  /** run is ordered only while it is wanted up, or for a once that is still to be done. */
  DOWN_STAYS_DOWN,
  /** What is wanted up is never simply down. */
  UP_COMES_UP,
  /** At most one control script, and the state knows of it. */
  ONE_SCRIPT,
  /** Once its input is closed a logger is never started again: it would read nothing. */
  CLOSED_INPUT_IS_FINAL,
  /** Leave is ordered once, with the step to Gone, when nothing lives and no timer is armed. */
  LEAVES_ONCE,
  /** Nothing follows Gone. */
  GONE_IS_FINAL,
  /** The restart timer is armed while run is delayed, and only then. */
  RESTART_TIMER,
  /** The kill timer is armed only while something lives that is to end. */
  KILL_TIMER,
  /** What the daemon ends has the bound that the rules give it, and nothing has another one. */
  STOP_BOUND,
  /** finish has its bound as long as it lives and is not killed, if there is one. */
  FINISH_TIMER,
  /** What is always started again is never done, and only a oneshot counts as up when it is. */
  RESTART_RULE,
  /** Nothing overrules removal. */
  REMOVAL_IS_FINAL,
  /** Signals go to processes that live. */
  SIGNALS_TO_THE_LIVING,
  /** The process group is ended only when neither run nor finish lives. */
  LEFTOVERS_LAST,
  /** What the daemon ends because what it needs has changed never counts as a quick death. */
  OUTDATED_IS_NO_DEATH,
  /** The count of quick deaths stays in its bounds. */
  QUICK_DEATHS
}
