package org.usersvc.daemon.model;

import org.jspecify.annotations.Nullable;

/**
 * What makes two names one service: the directory's device and inode (runsvdir.c:101).
 *
 * <p>Equality is written out here, and in other records that the first service needs: what the
 * compiler leaves to the JVM takes it 20 ms at each start.
 *
 * @param device as {@code makedev(3)} numbers it
 * @param inode the directory's inode number
 */
public record ServiceId(long device, long inode) {
  /** A file name that no other living directory has. */
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
