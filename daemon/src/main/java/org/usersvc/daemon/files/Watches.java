package org.usersvc.daemon.files;

import java.util.function.Consumer;

/** Directories that tell when their entries change (inotify). <b>Loop thread only.</b> */
public interface Watches {
  /**
   * One change.
   *
   * @param watch the watch that tells of it, -1 if changes were lost and all must be looked at
   * @param name the entry, empty for the directory itself
   */
  record Change(int watch, String name) {}

  /**
   * Watches an open directory; the same directory again gives the same watch.
   *
   * @throws FileFault if the user has no watch or instance left, or may not read the directory
   */
  int add(int directory) throws FileFault;

  /** As {@link #add}, and tells only of entries that are removed. */
  int addForRemoval(int directory) throws FileFault;

  /** As {@link #add}, but tells only that the directory itself is moved or removed. */
  int addSelf(int directory) throws FileFault;

  /** Ends a watch; one that has ended by itself is no error. */
  void remove(int watch);

  /** The descriptor that becomes readable when there are changes; negative before there is one. */
  int descriptor();

  /** Hands over all changes that have come in. */
  void drain(Consumer<Change> taker) throws FileFault;
}
