package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LogFiles;
import org.usersvc.daemon.model.Errno;

/** The {@link LogFiles} of this machine: tee(2) into a pipe of its own, and readv(2). */
public final class PosixLogFiles implements LogFiles {
  private static final Libc.Function OPENAT = function("openat");
  private static final Libc.Function READ = function("read");
  private static final Libc.Function READV = function("readv");
  private static final Libc.Function PREAD = function("pread");
  private static final Libc.Function LSEEK = function("lseek");
  private static final Libc.Function CLOSE = function("close");
  private static final Libc.Function WRITE = function("write");
  private static final Libc.Function TEE = function("tee");
  private static final Libc.Function FCNTL = function("fcntl");
  private static final Libc.Function PIPE2 = function("pipe2");
  private static final Libc.Function FSYNC = function("fsync");
  private static final Libc.Function FCHMOD = function("fchmod");
  private static final Libc.Function FTRUNCATE = function("ftruncate");

  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0100;
  private static final int O_APPEND = 02000;
  private static final int O_NONBLOCK = 04000;
  private static final int O_CLOEXEC = 02000000;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int F_GETPIPE_SZ = 1032;
  private static final int TEE_NONBLOCK = 2;
  private static final int PIPE_SIZE = 1024 * 1024;
  private static final int BLOCK = 128 * 1024;
  private static final int IOVEC = 16;
  private static final int SEEK_END = 2;

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(BLOCK + 8192);
  private int readEnd = -1;
  private int writeEnd = -1;

  private void openPipe() throws FileFault {
    long ends = scratch.reset().take(8);
    libc.check(libc.call(PIPE2, ends, O_CLOEXEC | O_NONBLOCK) == 0, "make", "a pipe");
    readEnd = scratch.getInt(ends);
    writeEnd = scratch.getInt(ends + 4);
    // a small one suffices, with smaller batches
    libc.call(FCNTL, writeEnd, F_SETPIPE_SZ, PIPE_SIZE);
  }

  @Override
  public int peek(int pipe, byte[] into) throws FileFault {
    if (writeEnd < 0) {
      openPipe();
    }
    int size = Math.min(into.length, BLOCK);
    int length = libc.call(TEE, pipe, writeEnd, size, TEE_NONBLOCK);
    if (length < 0) {
      libc.check(
          libc.errno() == Errno.EAGAIN || libc.errno() == Errno.EINTR, "look into", name(pipe));
      return 0;
    }
    long buffer = scratch.reset().take(BLOCK);
    int done = 0;
    while (done < length) {
      int count = libc.call(READ, readEnd, buffer + done, length - done);
      libc.check(count > 0, "read the copy of", name(pipe));
      done += count;
    }
    scratch.copyOut(buffer, into, length);
    return length;
  }

  @Override
  public void take(int pipe, int length, ByteBuffer last, int index) throws FileFault {
    long vectors = scratch.reset().take(2 * IOVEC);
    scratch.putLong(vectors, scratch.take(BLOCK));
    scratch.putLong(vectors + 8, length - 1L);
    scratch.putLong(vectors + IOVEC, Libc.address(last) + index);
    scratch.putLong(vectors + IOVEC + 8, 1);
    int taken = libc.call(READV, pipe, vectors, 2);
    if (taken == length - 1) { // the mapped file was truncated just now
      taken += Math.max(0, libc.call(READ, pipe, scratch.reset().take(1), 1));
    }
    libc.check(taken == length, "read", name(pipe));
  }

  @Override
  public int capacity(int pipe) throws FileFault {
    int size = libc.call(FCNTL, pipe, F_GETPIPE_SZ, 0);
    libc.check(size > 0, "ask for the size of", name(pipe));
    return size;
  }

  @Override
  public int openLog(String path) throws FileFault {
    int flags = O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC;
    int file = libc.call(OPENAT, PosixFileSystem.ABSOLUTE, scratch.reset().path(path), flags, 0644);
    libc.check(file >= 0, "open", path);
    return file;
  }

  @Override
  public void append(int file, byte[] from, int length) throws FileFault {
    int done = 0;
    while (done < length) {
      int size = Math.min(length - done, BLOCK);
      long buffer = scratch.reset().take(size);
      scratch.copyIn(buffer, from, done, size);
      int written = libc.call(WRITE, file, buffer, size);
      libc.check(written > 0 || libc.errno() == Errno.EINTR, "write", name(file));
      done += Math.max(written, 0);
    }
  }

  @Override
  public int byteAt(int file, long offset) throws FileFault {
    long buffer = scratch.reset().take(1);
    int count = libc.call(PREAD, file, buffer, 1, offset);
    libc.check(count >= 0, "read", name(file));
    return count == 0 ? -1 : scratch.getByte(buffer);
  }

  @Override
  public byte[] end(String path, int most) throws FileFault {
    int flags = O_NONBLOCK | O_CLOEXEC;
    int file = libc.call(OPENAT, PosixFileSystem.ABSOLUTE, scratch.reset().path(path), flags);
    libc.check(file >= 0, "read", path);
    try {
      long size = libc.callLong(LSEEK, file, 0, SEEK_END, 0, 0, 0);
      libc.check(size >= 0, "read", path);
      int length = (int) Math.min(size, most);
      return read(file, path, size - length, length);
    } finally {
      libc.call(CLOSE, file);
    }
  }

  /** The bytes from the offset on; fewer if the file has become shorter. */
  private byte[] read(int file, String path, long from, int length) throws FileFault {
    var all = new byte[length];
    int done = 0;
    while (done < length) {
      int piece = Math.min(length - done, BLOCK);
      long buffer = scratch.reset().take(piece);
      int count = libc.call(PREAD, file, buffer, piece, from + done);
      libc.check(count >= 0, "read", path);
      if (count == 0) {
        return Arrays.copyOf(all, done);
      }
      System.arraycopy(scratch.bytes(buffer, count), 0, all, done, count);
      done += count;
    }
    return all;
  }

  @Override
  public void truncate(int file, long size) throws FileFault {
    libc.check(libc.call(FTRUNCATE, file, size) == 0, "cut", name(file));
  }

  @Override
  public void sync(int file) throws FileFault {
    libc.check(libc.call(FSYNC, file) == 0, "write out", name(file));
  }

  @Override
  public void changeMode(int file, int mode) throws FileFault {
    libc.check(libc.call(FCHMOD, file, mode) == 0, "change the mode of", name(file));
  }

  @Override
  public void close() {
    if (writeEnd >= 0) {
      libc.call(CLOSE, readEnd);
      libc.call(CLOSE, writeEnd);
      writeEnd = -1;
    }
  }

  private static String name(int descriptor) {
    return "descriptor " + descriptor;
  }
}
