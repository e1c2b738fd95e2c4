package org.usersvc.daemon.files;

import org.jspecify.annotations.Nullable;

/** Which paths lead to file systems that may hang. <b>One thread an instance.</b> */
public interface Mounts {
  /** Takes up what is mounted now. */
  void look();

  /**
   * The file system that may hang and that a walk along the absolute path would come to, without
   * going there; null if there is none.
   */
  @Nullable String of(String path);
}
