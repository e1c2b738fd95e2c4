package org.usersvc.daemon.files;

import java.nio.ByteBuffer;

/**
 * What it takes to move lines from a pipe to a file and lose none: a pipe that is looked into
 * before it is emptied, and files that grow. <b>One thread an instance.</b>
 */
public interface LogFiles {
  /**
   * Copies what waits in the pipe, and leaves it there.
   *
   * @return how many bytes, 0 if none wait
   */
  int peek(int pipe, byte[] into) throws FileFault;

  /**
   * Empties the pipe of {@code length} bytes, which must be there. The last of them is put into
   * memory by the very system call, so that memory which outlives the process tells whether it has
   * been made.
   *
   * @param last a direct buffer
   */
  void take(int pipe, int length, ByteBuffer last, int index) throws FileFault;

  /** How many bytes the pipe holds. */
  int capacity(int pipe) throws FileFault;

  /** A regular file to append to, made with mode 0644 if absent. */
  int openLog(String path) throws FileFault;

  /**
   * Appends all.
   *
   * @throws FileFault if not all could be written; a part of it may have been
   */
  void append(int file, byte[] from, int length) throws FileFault;

  /** The byte at that place, -1 beyond the end. */
  int byteAt(int file, long offset) throws FileFault;

  /** The last bytes of a file, {@code most} of them if it has so many. */
  byte[] end(String path, int most) throws FileFault;

  void truncate(int file, long size) throws FileFault;

  /** Returns when the disk has it. */
  void sync(int file) throws FileFault;

  void changeMode(int file, int mode) throws FileFault;

  /** Gives back what it has opened for itself; it is of no use any more. */
  void close();
}
