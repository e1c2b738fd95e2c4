package org.usersvc.daemon.lifecycle;

/** Why a process is down. */
public enum Result {
  /** It was asked to be, or has never been started. */
  ASKED,
  /** It has done what it was for, says the restart rule. */
  DONE,
  /** It has failed, and is not to be tried again by itself. */
  FAILED
}
