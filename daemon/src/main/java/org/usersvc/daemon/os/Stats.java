package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ServiceId;

/** statx(2), whose result has the same layout on every architecture. */
final class Stats {
  private static final Libc.Function STATX = function("statx");
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_STATX_DONT_SYNC = 0x4000;
  private static final int BASIC = 0x7ff;
  private static final int SIZE = 256;
  private static final int LINKS = 16;
  private static final int UID = 20;
  private static final int MODE = 28;
  private static final int INODE = 32;
  private static final int LENGTH = 40;
  private static final int CHANGED = 96;
  private static final int WRITTEN = 112;
  private static final int DEVICE_MAJOR = 136;
  private static final int DEVICE_MINOR = 140;
  private static final long NANOS = 1_000_000_000;

  private final Libc libc;
  private final Scratch scratch;

  Stats(Libc libc, Scratch scratch) {
    this.libc = libc;
    this.scratch = scratch;
  }

  @Nullable FileStat of(int at, String path, boolean follow) throws FileFault {
    return call(at, path, (follow ? 0 : AT_SYMLINK_NOFOLLOW) | sync(path));
  }

  FileStat of(int descriptor) throws FileFault {
    var found = call(descriptor, "", AT_EMPTY_PATH);
    if (found == null) {
      throw new FileFault("stat", "descriptor " + descriptor, new Errno(Errno.ENOENT));
    }
    return found;
  }

  /** Files that processes have open may lie on file systems that hang: those are not asked. */
  private static int sync(String path) {
    return path.startsWith("/proc/") ? AT_STATX_DONT_SYNC : 0;
  }

  private @Nullable FileStat call(int at, String path, int flags) throws FileFault {
    long name = scratch.reset().path(path);
    long buffer = scratch.take(SIZE);
    if ((int) libc.callLong(STATX, at, name, flags, BASIC, buffer, 0) == 0) {
      return decode(buffer);
    }
    int errno = libc.errno();
    if (errno == Errno.ENOENT || errno == Errno.ENOTDIR) {
      return null;
    }
    throw new FileFault("stat", path, new Errno(errno));
  }

  private FileStat decode(long buffer) {
    int mode = scratch.getShort(buffer + MODE);
    long device =
        ((long) scratch.getInt(buffer + DEVICE_MAJOR) << 20)
            | scratch.getInt(buffer + DEVICE_MINOR);
    return new FileStat(
        new ServiceId(device, scratch.getLong(buffer + INODE)),
        kind(mode),
        mode & 07777,
        scratch.getInt(buffer + UID),
        scratch.getInt(buffer + LINKS),
        scratch.getLong(buffer + LENGTH),
        time(buffer + CHANGED),
        time(buffer + WRITTEN));
  }

  private long time(long at) {
    return scratch.getLong(at) * NANOS + scratch.getInt(at + 8);
  }

  private static Kind kind(int mode) {
    return switch (mode & 0170000) {
      case 0040000 -> Kind.DIRECTORY;
      case 0100000 -> Kind.REGULAR;
      case 0010000 -> Kind.FIFO;
      case 0120000 -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }
}
