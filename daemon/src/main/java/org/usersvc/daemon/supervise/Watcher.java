package org.usersvc.daemon.supervise;

/** Told of what doors show of services; often several times a turn. <b>Loop thread only.</b> */
public interface Watcher {
  /** Something of the process is not as it was: its state, its names, or it is new. */
  void changed(Supervised process);

  /**
   * What has changed of it in this turn is recorded, and its files show it; or all know it gone.
   */
  default void shown(Supervised process) {}

  /** It is supervised no longer. */
  void gone(Supervised process);

  /** Another scan directory is followed from now on. */
  void switched();
}
