package org.usersvc.daemon.files;

import java.nio.ByteBuffer;

/**
 * The calls to move lines from a pipe to a file and lose none: a peek into the pipe before it is
 * emptied, and appending to files. <b>One thread an instance.</b>
 */
public interface LogFiles {
  /**
   * Copies the pipe's content, and leaves it there.
   *
   * @return how many bytes, 0 if the pipe is empty
   */
  int peek(int pipe, byte[] into) throws FileFault;

  /**
   * Empties the pipe of {@code length} bytes, which must be there. The same system call puts the
   * last byte into {@code last}: if that memory outlives the process, it shows whether the call was
   * made.
   *
   * @param last a direct buffer
   */
  void take(int pipe, int length, ByteBuffer last, int index) throws FileFault;

  /** How many bytes the pipe holds. */
  int capacity(int pipe) throws FileFault;

  /** Opens a regular file to append to, made with mode 0644 if absent. */
  int openLog(String path) throws FileFault;

  /**
   * Appends all bytes.
   *
   * @throws FileFault if not all could be written; a part of it may have been
   */
  void append(int file, byte[] from, int length) throws FileFault;

  /** The byte at that place, -1 beyond the end. */
  int byteAt(int file, long offset) throws FileFault;

  /** The last bytes of a file, {@code most} of them if it has so many. */
  byte[] end(String path, int most) throws FileFault;

  void truncate(int file, long size) throws FileFault;

  /** Returns when the disk has the file's content. */
  void sync(int file) throws FileFault;

  void changeMode(int file, int mode) throws FileFault;

  /** Closes its own descriptors; it cannot be used any more. */
  void close();
}
