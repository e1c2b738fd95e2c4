package org.usersvc.daemon.extension;

/** How an extension ends what it runs, when the daemon ends. <b>Loop thread only.</b> */
public interface Departure {
  /**
   * Stops everything. Services of the daemon stop after that. Called once.
   *
   * @param done to be run when nothing runs any more; perhaps before this returns
   */
  void stop(Runnable done);

  /** The daemon was asked to end once more: does not wait any longer. After {@link #stop} only. */
  void hurry();
}
