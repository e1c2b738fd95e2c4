package org.usersvc.daemon.extension;

/** Notifies when paths lead elsewhere. <b>Loop thread only.</b> */
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

  /**
   * Notifies of changes of the file at a path: it comes, goes, or is changed and closed; of a
   * directory all that happens to its entries, too.
   *
   * @param path absolute
   * @param everyWrite whether each write to a file there is a change, too
   * @return ends the watch
   */
  Runnable watchContent(String path, boolean everyWrite, Listener listener);

  /** Is notified of changes. */
  @FunctionalInterface
  interface Listener {
    /**
     * Something has changed.
     *
     * @param content whether what is at the path has changed; else something may be different on
     *     the way there
     */
    void changed(boolean content);
  }
}
