package org.usersvc.daemon.supervise;

/** Receives the changes that doors show; often several in a turn. <b>Loop thread only.</b> */
public interface Watcher {
  /** The state or the names of the process have changed, or it is new. */
  void changed(Supervised process);

  /** Its changes of this turn are recorded and in its files; or it has gone. */
  default void shown(Supervised process) {}

  /** It is not supervised any more. */
  void gone(Supervised process);

  /** The scan directory has been switched. */
  void switched();
}
