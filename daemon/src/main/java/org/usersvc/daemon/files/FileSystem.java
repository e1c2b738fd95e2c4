package org.usersvc.daemon.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files, by path relative to an open directory. Every descriptor that it returns is close-on-exec
 * and belongs to the caller. <b>Loop thread only.</b>
 */
public interface FileSystem {
  /** In place of a directory's descriptor: the path is absolute. */
  int ABSOLUTE = -100;

  /** A handle on a directory, for use with the other methods only. */
  int openDirectory(int at, String path) throws FileFault;

  /**
   * Whether so few descriptors are left above this one that services should leave them to clients,
   * status files and the like.
   */
  boolean isScarce(int descriptor);

  /**
   * Names of the entries, in no order, without {@code .} and {@code ..}.
   *
   * @throws FileFault also if there are more than 100 000
   */
  List<String> list(int directory, String path) throws FileFault;

  /** What the path leads to through links, or null if nothing is there. */
  @Nullable FileStat stat(int at, String path) throws FileFault;

  /** As {@link #stat}, but of a link itself. */
  @Nullable FileStat linkStat(int at, String path) throws FileFault;

  /** What an open descriptor refers to. */
  FileStat stat(int descriptor) throws FileFault;

  /** Makes a directory; one that exists is no error. */
  void makeDirectory(int at, String path, int mode) throws FileFault;

  /** The same, with all that is missing above it. */
  default void makeDirectories(String path, int mode) throws FileFault {
    if (stat(ABSOLUTE, path) == null) {
      int slash = path.lastIndexOf('/');
      if (slash > 0) {
        makeDirectories(path.substring(0, slash), mode);
      }
      makeDirectory(ABSOLUTE, path, mode);
    }
  }

  /**
   * Makes a FIFO.
   *
   * @return false if something of that name exists, which is left as it is
   */
  boolean makeFifo(int at, String path, int mode) throws FileFault;

  void makeLink(String target, int at, String path) throws FileFault;

  String readLink(int at, String path) throws FileFault;

  void rename(int at, String from, String to) throws FileFault;

  /** Removes a file or link; one that does not exist is no error. */
  void remove(int at, String path) throws FileFault;

  void removeDirectory(int at, String path) throws FileFault;

  /** Both ends of a FIFO at once, without blocking reads. */
  int openFifo(int at, String path) throws FileFault;

  /** As {@link #openFifo}, of one that is made if absent, in place of whatever else is there. */
  default int openOwnFifo(int at, String path, int mode) throws FileFault {
    if (!makeFifo(at, path, mode)) {
      var found = linkStat(at, path);
      if (found == null || found.kind() != FileStat.Kind.FIFO) {
        remove(at, path);
        makeFifo(at, path, mode);
      }
    }
    return openFifo(at, path);
  }

  /** A file to be read by {@link #read(int, byte[])}. */
  int openToRead(int at, String path) throws FileFault;

  /** A file for appending, made if absent. */
  int openLockFile(int at, String path) throws FileFault;

  /** Tries flock(2), exclusively; false if another open file holds it. */
  boolean lock(int descriptor) throws FileFault;

  /**
   * Locks one byte of a file, there or not; another open file of it cannot, until this one is
   * closed.
   *
   * @return false if another one has it
   */
  boolean lockByte(int descriptor, long offset) throws FileFault;

  void unlockByte(int descriptor, long offset);

  /** Whether the file can be opened for reading. */
  boolean readable(int at, String path);

  /** The content of a file, without what would make it longer than {@code limit} bytes. */
  byte[] read(int at, String path, int limit) throws FileFault;

  /**
   * Makes a file; a reader may see it before it is complete.
   *
   * @return false if one of that name exists, which is left as it is
   */
  boolean create(int at, String path, byte[] content, int mode) throws FileFault;

  /** Writes {@code path.new} and renames it over {@code path}, so no reader sees half of it. */
  void replace(int at, String path, byte[] content, int mode) throws FileFault;

  /** Empties an open file and writes {@code content} to it. */
  void overwrite(int descriptor, byte[] content) throws FileFault;

  /**
   * Writes to the end of a file that {@link #openLockFile} has opened.
   *
   * @throws FileFault if not all could be written; a part of it may have been
   */
  void append(int descriptor, byte[] content) throws FileFault;

  /**
   * Reads what is there without blocking.
   *
   * @return how many bytes, 0 at the end of the file, -1 if nothing is there now
   */
  int read(int descriptor, byte[] into) throws FileFault;

  /**
   * Whether a FIFO or a lock had been open already when this program began: the one before it in
   * the same process had it, and nobody has missed it in between.
   */
  boolean isLeft(int descriptor);

  /** A pipe: reading end, writing end. Neither is non-blocking. */
  int[] pipe() throws FileFault;

  void close(int descriptor);

  /** The path that an open directory has now, or null if it has none any more. */
  @Nullable String pathOf(int descriptor);

  /**
   * What calls about an open directory are waiting for now; they have failed with ETIMEDOUT. Null
   * if nothing hangs.
   */
  default @Nullable Hang hang(int directory) {
    return null;
  }

  /**
   * Whether the way to a path leads to another mount; found out without going there.
   *
   * @param follow whether the last step is followed, too, if it is a link
   */
  boolean leavesMount(int at, String path, boolean follow);
}
