package org.usersvc.daemon.log;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.Mounts;

/** Nothing is mounted that may hang. */
final class NoMounts implements Mounts {
  static final LogTree.Place PLACE = new LogTree.Place(new NoMounts(), null);

  @Override
  public void look() {
    // nothing changes
  }

  @Override
  public @Nullable String of(String path) {
    return null;
  }
}
