package org.usersvc.daemon.lifecycle;

/** Why a process is down. */
public enum Result {
  /** A client has asked for it, or the process has never been started. */
  ASKED,
  /** It has done its work, by the restart rule. */
  DONE,
  /** It has failed and is not started again by itself. */
  FAILED
}
