package org.usersvc.daemon.files;

/**
 * A file system that does not answer.
 *
 * @param fileSystem its mount point and type: {@code file system /net (fuse)}
 * @param seconds how long it has not answered
 */
public record Hang(String fileSystem, long seconds) {
  @Override
  public String toString() {
    return fileSystem + ", hung for " + seconds + " s";
  }
}
