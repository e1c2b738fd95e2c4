package org.usersvc.daemon.extension;

/** Tells when paths lead elsewhere. <b>Loop thread only.</b> */
public interface PathWatches {
  /**
   * Runs the action whenever something may have changed on the way to a path: it has come or gone,
   * or is another file. Writing to a file is no change. The action itself finds out what is there.
   *
   * @param path absolute
   * @param into whether entries of a directory there matter, too
   * @return ends the watch
   */
  Runnable watch(String path, boolean into, Runnable onChange);
}
