package org.usersvc.daemon.files;

/**
 * A file system that does not answer.
 *
 * @param fileSystem where it is mounted and what it is: {@code file system /net (fuse)}
 * @param seconds since when
 */
public record Hang(String fileSystem, long seconds) {
  @Override
  public String toString() {
    return fileSystem + ", hung for " + seconds + " s";
  }
}
