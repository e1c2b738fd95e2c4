package org.usersvc.daemon.model;

/**
 * What makes two names one service: the directory's device and inode (runsvdir.c:101).
 *
 * @param device as {@code makedev(3)} numbers it
 * @param inode the directory's inode number
 */
public record ServiceId(long device, long inode) {
  /** A file name that no other living directory has. */
  public String asFileName() {
    return Long.toHexString(device) + "-" + Long.toHexString(inode);
  }
}
