package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.List;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/** getdents64(2), a block of entries a call. */
final class DirectoryReader {
  static final boolean X86 = System.getProperty("os.arch").equals("amd64");
  static final int O_DIRECTORY = X86 ? 0200000 : 040000;
  static final int O_PATH_DIRECTORY = 010000000 | O_DIRECTORY;

  private static final Libc.Function SYSCALL = function("syscall");
  private static final int GETDENTS64 = X86 ? 217 : 61;
  private static final int BLOCK = 32 * 1024;

  /** The most entries; a scan directory has 10 000 services at most. */
  private static final int MOST = 100_000;

  private static final int LENGTH = 16;
  private static final int NAME = 19;

  private final Libc libc;
  private final Scratch scratch;

  DirectoryReader(Libc libc, Scratch scratch) {
    this.libc = libc;
    this.scratch = scratch;
  }

  void readAll(int descriptor, String path, List<String> names) throws FileFault {
    long buffer = scratch.reset().take(BLOCK);
    int length = readBlock(descriptor, path, buffer);
    while (length > 0) {
      for (int at = 0; at < length; at += scratch.getShort(buffer + at + LENGTH)) {
        long name = buffer + at + NAME;
        String text = NativeText.decode(scratch.bytes(name, scratch.lengthAt(name, 256)));
        if (!text.equals(".") && !text.equals("..")) {
          names.add(text);
        }
      }
      if (names.size() > MOST) {
        throw new FileFault("read directory", path, new Errno(Errno.EFBIG));
      }
      length = readBlock(descriptor, path, buffer);
    }
  }

  private int readBlock(int descriptor, String path, long buffer) throws FileFault {
    int length = (int) libc.callLong(SYSCALL, GETDENTS64, descriptor, buffer, BLOCK, 0, 0);
    if (length < 0) {
      throw libc.fault("read directory", path);
    }
    return length;
  }
}
