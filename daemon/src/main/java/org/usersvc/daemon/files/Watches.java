package org.usersvc.daemon.files;

import java.util.function.Consumer;

/** Watches that report changes in directories (inotify). <b>Loop thread only.</b> */
public interface Watches {
  /**
   * One change.
   *
   * @param watch the watch that reports it, -1 if changes were lost and all must be looked at
   * @param name the entry, empty for the directory itself
   * @param isWrite whether a file was written that is still open
   */
  record Change(int watch, String name, boolean isWrite) {
    /** A change that is no write. */
    public Change(int watch, String name) {
      this(watch, name, false);
    }
  }

  /**
   * Watches an open directory; the same directory again gives the same watch.
   *
   * @throws FileFault if the user has no watch or instance left, or may not read the directory
   */
  int add(int directory) throws FileFault;

  /** As {@link #add}, but reports only entries that are removed. */
  int addForRemoval(int directory) throws FileFault;

  /** As {@link #add}, and reports each write to a file in the directory. */
  int addForWrites(int directory) throws FileFault;

  /** As {@link #add}, but reports only that the directory itself is moved or removed. */
  int addSelf(int directory) throws FileFault;

  /** Ends a watch; one that has ended by itself is no error. */
  void remove(int watch);

  /** The descriptor that is readable while changes wait; negative before the first watch. */
  int descriptor();

  /** Hands over all waiting changes. */
  void drain(Consumer<Change> taker) throws FileFault;
}
