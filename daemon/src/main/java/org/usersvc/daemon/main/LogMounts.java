package org.usersvc.daemon.main;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.log.Mounts;
import org.usersvc.daemon.mounts.SlowPaths;

/** What the logger knows of mounts. */
final class LogMounts implements Mounts {
  private final SlowPaths paths;

  LogMounts(FileSystem files) {
    this.paths = new SlowPaths(files);
  }

  @Override
  public void look() {
    paths.look();
  }

  @Override
  public @Nullable String of(String path) {
    return paths.of(path);
  }
}
