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

  /** A descriptor of a directory, for use with the other methods only. */
  int openDirectory(int at, String path) throws FileFault;

  /**
   * Whether so few descriptors are left above this one that they are kept for clients, status files
   * and the like.
   */
  boolean isScarce(int descriptor);

  /**
   * Names of the entries, in no order, without {@code .} and {@code ..}.
   *
   * @throws FileFault also if there are more than 100 000
   */
  List<String> list(int directory, String path) throws FileFault;

  /** The file at the path, through links; null if there is none. */
  @Nullable FileStat stat(int at, String path) throws FileFault;

  /** As {@link #stat}, but of a link itself. */
  @Nullable FileStat linkStat(int at, String path) throws FileFault;

  /** The file of an open descriptor. */
  FileStat stat(int descriptor) throws FileFault;

  /** Makes a directory; one that exists is no error. */
  void makeDirectory(int at, String path, int mode) throws FileFault;

  /** The same, with all missing directories above it. */
  default void makeDirectories(String path, int mode) throws FileFault {
    if (stat(ABSOLUTE, path) == null) {
      int slash = path.lastIndexOf('/');
      if (slash > 0) {
        makeDirectories(path.substring(0, slash), mode);
      }
      makeDirectory(ABSOLUTE, path, mode);
    }
  }

  /** Gives a file or directory a mode, whatever the umask is; links are followed. */
  void changeMode(int at, String path, int mode) throws FileFault;

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

  /** Opens both ends of a FIFO at once, without blocking reads. */
  int openFifo(int at, String path) throws FileFault;

  /** As {@link #openFifo}; makes the FIFO if absent, and replaces any other file. */
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

  /** Opens a file for {@link #read(int, byte[])}. */
  int openToRead(int at, String path) throws FileFault;

  /**
   * Opens a file that becomes a standard stream of a program; calls on it may block.
   *
   * @param path absolute
   * @throws FileFault also if it is a FIFO without a reader that would be written to
   */
  int openStream(String path, Opening how) throws FileFault;

  /** Opens a file for appending, made if absent. */
  int openLockFile(int at, String path) throws FileFault;

  /** Tries flock(2), exclusively; false if another open file holds it. */
  boolean lock(int descriptor) throws FileFault;

  /**
   * Locks one byte of a file, even beyond its end; no other open file of it can until this one is
   * closed.
   *
   * @return false if another open file has it
   */
  boolean lockByte(int descriptor, long offset) throws FileFault;

  void unlockByte(int descriptor, long offset);

  /** Whether the file can be opened for reading. */
  boolean readable(int at, String path);

  /** The content of a file, {@code limit} bytes at most. */
  byte[] read(int at, String path, int limit) throws FileFault;

  /**
   * Makes a file; a reader may see it before it is complete.
   *
   * @return false if one of that name exists, which is left as it is
   */
  boolean create(int at, String path, byte[] content, int mode) throws FileFault;

  /** Writes {@code path.new} and renames it over {@code path}, so readers see all or nothing. */
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
   * Reads without blocking.
   *
   * @return how many bytes, 0 at the end of the file, -1 if nothing is there now
   */
  int read(int descriptor, byte[] into) throws FileFault;

  /**
   * Whether a FIFO or a lock was open already when this program began: the program before it in the
   * same process had it, and it was never closed in between.
   */
  boolean isLeft(int descriptor);

  /** A pipe: reading end, writing end. Neither is non-blocking. */
  int[] pipe() throws FileFault;

  void close(int descriptor);

  /** The present path of an open directory, or null if it has none any more. */
  @Nullable String pathOf(int descriptor);

  /**
   * The file system for which calls about an open directory wait; they have failed with ETIMEDOUT.
   * Null if none hangs.
   */
  default @Nullable Hang hang(int directory) {
    return null;
  }

  /**
   * Whether a path leads to another mount; finds out without going there.
   *
   * @param follow whether the last step is followed, too, if it is a link
   */
  boolean leavesMount(int at, String path, boolean follow);
}
