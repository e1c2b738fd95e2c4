package org.usersvc.daemon.files;

import org.jspecify.annotations.Nullable;

/** Finds the paths that lead to file systems that may hang. <b>One thread an instance.</b> */
public interface Mounts {
  /** Reads the mounts anew. */
  void look();

  /**
   * The first file system on the absolute path that may hang, found without going there; null if
   * there is none.
   */
  @Nullable String of(String path);
}
