package org.usersvc.daemon.supervise;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * The pipe from a service to its logger. The daemon holds both ends open, so neither side sees the
 * other end and nothing is lost while one of them is restarted.
 */
final class LogPipe {
  private final FileSystem files;
  private final int readEnd;
  private final int writeEnd;

  private LogPipe(FileSystem files, int readEnd, int writeEnd) {
    this.files = files;
    this.readEnd = readEnd;
    this.writeEnd = writeEnd;
  }

  static LogPipe open(FileSystem files) throws FileFault {
    int[] ends = files.pipe();
    return new LogPipe(files, ends[0], ends[1]);
  }

  int readEnd() {
    return readEnd;
  }

  int writeEnd() {
    return writeEnd;
  }

  /** The logger reads what is in the pipe, then end of file. */
  void close() {
    files.close(readEnd);
    files.close(writeEnd);
  }
}
