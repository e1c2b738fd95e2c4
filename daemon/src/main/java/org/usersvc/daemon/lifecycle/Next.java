package org.usersvc.daemon.lifecycle;

/** What follows the end of a run of a service that is still wanted up. */
public enum Next {
  /** run is started again at once. */
  AGAIN,
  /** run is started again after the restart delay. */
  LATER,
  /** The service stays down: it has done its work. */
  DONE,
  /** The service stays down: it has failed. */
  NEVER;

  /** What follows when a client asks for a start meanwhile. */
  Next whenAskedUp() {
    return this == LATER ? LATER : AGAIN;
  }
}
