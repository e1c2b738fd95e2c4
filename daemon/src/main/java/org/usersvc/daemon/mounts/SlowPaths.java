package org.usersvc.daemon.mounts;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Mounts;

/** Knows which paths lead to slow mounts. <b>One thread an instance.</b> */
public final class SlowPaths implements Mounts {
  private final MountTable mounts;

  /**
   * Reads the present mounts.
   *
   * @param files of the same thread
   */
  public SlowPaths(FileSystem files) {
    mounts = new MountTable(files);
    mounts.read();
  }

  /** Uses a table that its owner keeps up to date. */
  SlowPaths(MountTable mounts) {
    this.mounts = mounts;
  }

  @Override
  public void look() {
    mounts.read();
  }

  @Override
  public @Nullable String of(String path) {
    try {
      var found = mounts.isEmpty() ? null : mounts.on(path, true);
      return found == null ? null : found.toString();
    } catch (FileFault ignored) { // the path leads nowhere
      return null;
    }
  }
}
