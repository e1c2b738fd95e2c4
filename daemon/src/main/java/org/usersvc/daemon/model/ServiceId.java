package org.usersvc.daemon.model;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a service, whatever its names: the directory's device and inode (runsvdir.c:101).
 *
 * <p>Equality is written out here, and in other records that the first service needs: the generated
 * one costs the JVM 20 ms at each start.
 *
 * @param device as {@code makedev(3)} numbers it
 * @param inode the directory's inode number
 */
public record ServiceId(long device, long inode) {
  /** A file name unique among living directories. */
  public String asFileName() {
    return Long.toHexString(device) + "-" + Long.toHexString(inode);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServiceId that && device == that.device && inode == that.inode;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(device) + Long.hashCode(inode);
  }
}
