package org.usersvc.daemon.mounts;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/** Tells which paths lead to slow mounts. <b>One thread an instance.</b> */
public final class SlowPaths {
  private final MountTable mounts;

  /**
   * Knows what is mounted now.
   *
   * @param files of the same thread
   */
  public SlowPaths(FileSystem files) {
    mounts = new MountTable(files);
    mounts.read();
  }

  /** To be called when something may have been mounted or unmounted. */
  public void look() {
    mounts.read();
  }

  /**
   * The slow mount that a walk along the path would come to first, in words.
   *
   * @param path absolute
   * @return null if it comes to none
   */
  public @Nullable String of(String path) {
    try {
      var found = mounts.isEmpty() ? null : mounts.on(path, true);
      return found == null ? null : found.toString();
    } catch (FileFault ignored) { // the path leads nowhere
      return null;
    }
  }
}
