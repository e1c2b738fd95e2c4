package org.usersvc.daemon.mounts;

import org.usersvc.daemon.model.NativeText;

/**
 * A mounted file system whose answers come from a network or from another process, which may hang.
 *
 * @param id unique among the present mounts
 * @param point where it is mounted: an absolute path without links
 * @param type as the kernel names it, {@code fuse.sshfs}
 */
record SlowMount(int id, String point, String type) {
  /** Whether that path without links is the mount point or lies below. */
  boolean holds(String path) {
    return path.startsWith(point)
        && (path.length() == point.length()
            || path.charAt(point.length()) == '/'
            || point.equals("/"));
  }

  @Override
  public String toString() {
    return "file system " + NativeText.printable(point) + " (" + type + ")";
  }
}
