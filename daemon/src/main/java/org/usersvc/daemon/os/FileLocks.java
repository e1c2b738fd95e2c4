package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;

/** Locks that belong to an open file, not to a process: flock(2), and fcntl(2) for one byte. */
final class FileLocks {
  private static final Libc.Function FLOCK = function("flock");
  private static final Libc.Function FCNTL = function("fcntl");
  private static final int LOCK_EX_NB = 2 | 4;
  private static final int F_OFD_SETLK = 37;
  private static final int F_WRLCK = 1;
  private static final int F_UNLCK = 2;

  /** struct flock of a 64-bit machine. */
  private static final int SIZE = 32;

  private static final int START = 8;
  private static final int LENGTH = 16;

  private final Libc libc;
  private final Scratch scratch;

  FileLocks(Libc libc, Scratch scratch) {
    this.libc = libc;
    this.scratch = scratch;
  }

  /** False if another process has the lock. */
  boolean lock(int descriptor) throws FileFault {
    int result = libc.call(FLOCK, descriptor, LOCK_EX_NB);
    check(result == 0 || libc.errno() == Errno.EAGAIN, descriptor);
    return result == 0;
  }

  /** False if another process has the lock. */
  boolean lockByte(int descriptor, long offset) throws FileFault {
    int result = set(descriptor, F_WRLCK, offset);
    int errno = libc.errno();
    check(result == 0 || errno == Errno.EAGAIN || errno == Errno.EACCES, descriptor);
    return result == 0;
  }

  void unlockByte(int descriptor, long offset) {
    set(descriptor, F_UNLCK, offset);
  }

  private void check(boolean answered, int descriptor) throws FileFault {
    libc.check(answered, "lock", "descriptor " + descriptor);
  }

  private int set(int descriptor, int type, long offset) {
    long lock = scratch.reset().take(SIZE);
    scratch.fill(lock, SIZE, 0);
    scratch.putInt(lock, type);
    scratch.putLong(lock + START, offset);
    scratch.putLong(lock + LENGTH, 1);
    return libc.call(FCNTL, descriptor, F_OFD_SETLK, lock);
  }
}
