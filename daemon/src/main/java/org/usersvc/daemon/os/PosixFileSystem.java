package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Opening;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/** The {@link FileSystem} of this machine. */
public final class PosixFileSystem implements FileSystem {
  private static final Libc.Function OPENAT = function("openat");
  private static final Libc.Function CLOSE = function("close");
  private static final Libc.Function READ = function("read");
  private static final Libc.Function WRITE = function("write");
  private static final Libc.Function MKDIRAT = function("mkdirat");
  private static final Libc.Function FCHMODAT = function("fchmodat");
  private static final Libc.Function MKFIFOAT = function("mkfifoat");
  private static final Libc.Function SYMLINKAT = function("symlinkat");
  private static final Libc.Function READLINKAT = function("readlinkat");
  private static final Libc.Function RENAMEAT = function("renameat");
  private static final Libc.Function UNLINKAT = function("unlinkat");
  private static final Libc.Function FTRUNCATE = function("ftruncate");
  private static final Libc.Function FCNTL = function("fcntl");
  private static final Libc.Function PIPE2 = function("pipe2");

  private static final int O_WRONLY = 1;
  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0100;
  private static final int O_EXCL = 0200;
  private static final int O_TRUNC = 01000;
  private static final int O_APPEND = 02000;
  private static final int O_NONBLOCK = 04000;
  private static final int O_CLOEXEC = 02000000;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int BLOCK = 64 * 1024;
  private static final int RESERVED = 64;
  private static final int OWNER_ONLY = 0600;

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(2 * BLOCK);
  private final Stats stats = new Stats(libc, scratch);
  private final DirectoryReader directories = new DirectoryReader(libc, scratch);
  private final FileLocks locks = new FileLocks(libc, scratch);
  private final MountWalk mountWalk = new MountWalk(libc, scratch);
  private final KeptDescriptors kept;

  public PosixFileSystem() {
    this(new KeptDescriptors());
  }

  /** With FIFOs and locks that outlive the program: {@code kept} knows them. */
  public PosixFileSystem(KeptDescriptors kept) {
    this.kept = kept;
  }

  @Override
  public int openDirectory(int at, String path) throws FileFault {
    return open("open directory", at, path, DirectoryReader.O_PATH_DIRECTORY | O_CLOEXEC, 0);
  }

  @Override
  public boolean isScarce(int descriptor) {
    return DescriptorLimit.soft(libc, scratch) - descriptor < RESERVED;
  }

  @Override
  public List<String> list(int directory, String path) throws FileFault {
    int flags = DirectoryReader.O_DIRECTORY | O_CLOEXEC;
    int descriptor = open("read directory", directory, path, flags, 0);
    try {
      var names = new ArrayList<String>();
      directories.readAll(descriptor, path, names);
      return names;
    } finally {
      close(descriptor);
    }
  }

  @Override
  public @Nullable FileStat stat(int at, String path) throws FileFault {
    return stats.of(at, path, true);
  }

  @Override
  public @Nullable FileStat linkStat(int at, String path) throws FileFault {
    return stats.of(at, path, false);
  }

  @Override
  public FileStat stat(int descriptor) throws FileFault {
    return stats.of(descriptor);
  }

  @Override
  public void makeDirectory(int at, String path, int mode) throws FileFault {
    int result = libc.call(MKDIRAT, at, scratch.reset().path(path), mode);
    libc.check(result == 0 || libc.errno() == Errno.EEXIST, "make directory", path);
  }

  @Override
  public void changeMode(int at, String path, int mode) throws FileFault {
    int result = libc.call(FCHMODAT, at, scratch.reset().path(path), mode, 0);
    libc.check(result == 0, "change mode", path);
  }

  @Override
  public boolean makeFifo(int at, String path, int mode) throws FileFault {
    int result = libc.call(MKFIFOAT, at, scratch.reset().path(path), mode);
    libc.check(result == 0 || libc.errno() == Errno.EEXIST, "make FIFO", path);
    return result == 0;
  }

  @Override
  public void makeLink(String target, int at, String path) throws FileFault {
    long from = scratch.reset().path(target);
    libc.check(libc.call(SYMLINKAT, from, at, scratch.path(path)) == 0, "make link", path);
  }

  @Override
  public String readLink(int at, String path) throws FileFault {
    long name = scratch.reset().path(path);
    long buffer = scratch.take(4096);
    int length = libc.call(READLINKAT, at, name, buffer, 4096);
    libc.check(length >= 0, "read link", path);
    return NativeText.decode(scratch.bytes(buffer, length));
  }

  @Override
  public void rename(int at, String from, String to) throws FileFault {
    long source = scratch.reset().path(from);
    libc.check(libc.call(RENAMEAT, at, source, at, scratch.path(to)) == 0, "rename", from);
  }

  @Override
  public void remove(int at, String path) throws FileFault {
    int result = libc.call(UNLINKAT, at, scratch.reset().path(path), 0);
    libc.check(result == 0 || libc.errno() == Errno.ENOENT, "remove", path);
  }

  @Override
  public void removeDirectory(int at, String path) throws FileFault {
    int result = libc.call(UNLINKAT, at, scratch.reset().path(path), AT_REMOVEDIR);
    libc.check(result == 0 || libc.errno() == Errno.ENOENT, "remove directory", path);
  }

  @Override
  public int openFifo(int at, String path) throws FileFault {
    return openKept("open FIFO", at, path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  }

  @Override
  public int openToRead(int at, String path) throws FileFault {
    return open("read", at, path, O_NONBLOCK | O_CLOEXEC, 0);
  }

  @Override
  public int openStream(String path, Opening how) throws FileFault {
    int flags = StreamFlags.of(how);
    int descriptor = open("open", ABSOLUTE, path, flags | O_NONBLOCK | O_CLOEXEC, StreamFlags.MODE);
    libc.call(FCNTL, descriptor, StreamFlags.F_SETFL, flags); // only open(2) was not to block
    return descriptor;
  }

  @Override
  public int openLockFile(int at, String path) throws FileFault {
    return openKept("open", at, path, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC);
  }

  @Override
  public boolean lock(int descriptor) throws FileFault {
    return locks.lock(descriptor);
  }

  @Override
  public boolean lockByte(int descriptor, long offset) throws FileFault {
    return locks.lockByte(descriptor, offset);
  }

  @Override
  public void unlockByte(int descriptor, long offset) {
    locks.unlockByte(descriptor, offset);
  }

  @Override
  public boolean readable(int at, String path) {
    int descriptor = libc.call(OPENAT, at, scratch.reset().path(path), O_NONBLOCK | O_CLOEXEC, 0);
    if (descriptor >= 0) {
      close(descriptor);
    }
    return descriptor >= 0;
  }

  @Override
  public byte[] read(int at, String path, int limit) throws FileFault {
    int descriptor = openToRead(at, path);
    try {
      int size = Math.min(limit, BLOCK);
      byte[] first = block(descriptor, size);
      byte[] next = block(descriptor, size);
      if (next.length == 0 || first.length + next.length > limit) { // most files are small
        return first;
      }
      var content = new ByteArrayOutputStream();
      content.writeBytes(first);
      while (next.length > 0 && content.size() + next.length <= limit) {
        content.writeBytes(next);
        next = block(descriptor, size);
      }
      return content.toByteArray();
    } catch (FileFault fault) {
      throw new FileFault("read", path, fault.errno());
    } finally {
      close(descriptor);
    }
  }

  /** The bytes of one read, empty if there are none. */
  private byte[] block(int descriptor, int size) throws FileFault {
    long buffer = scratch.reset().take(size);
    return scratch.bytes(buffer, Math.max(0, read(descriptor, buffer, size)));
  }

  @Override
  public void replace(int at, String path, byte[] content, int mode) throws FileFault {
    String fresh = path + ".new";
    int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_CLOEXEC;
    writeAndClose(open("write", at, fresh, flags, mode), content, fresh);
    rename(at, fresh, path);
  }

  @Override
  public boolean create(int at, String path, byte[] content, int mode) throws FileFault {
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int descriptor = libc.call(OPENAT, at, scratch.reset().path(path), flags, mode);
    if (descriptor < 0 && libc.errno() == Errno.EEXIST) {
      return false;
    }
    libc.check(descriptor >= 0, "write", path);
    writeAndClose(descriptor, content, path);
    return true;
  }

  private void writeAndClose(int descriptor, byte[] content, String path) throws FileFault {
    try {
      write(descriptor, content, path);
    } finally {
      close(descriptor);
    }
  }

  @Override
  public void overwrite(int descriptor, byte[] content) throws FileFault {
    libc.check(libc.call(FTRUNCATE, descriptor, 0) == 0, "empty", "descriptor " + descriptor);
    write(descriptor, content, "descriptor " + descriptor);
  }

  @Override
  public void append(int descriptor, byte[] content) throws FileFault {
    write(descriptor, content, "descriptor " + descriptor);
  }

  private void write(int descriptor, byte[] content, String path) throws FileFault {
    int done = 0;
    while (done < content.length) {
      int size = Math.min(content.length - done, BLOCK);
      long buffer = scratch.reset().take(size);
      scratch.copyIn(buffer, content, done, size);
      int written = libc.call(WRITE, descriptor, buffer, size);
      libc.check(written > 0, "write", path);
      done += written;
    }
  }

  @Override
  public int read(int descriptor, byte[] into) throws FileFault {
    int size = Math.min(into.length, BLOCK);
    long buffer = scratch.reset().take(size);
    int length = read(descriptor, buffer, size);
    if (length > 0) {
      scratch.copyOut(buffer, into, length);
    }
    return length;
  }

  /** Returns -1 if there is nothing to read yet. */
  private int read(int descriptor, long buffer, int size) throws FileFault {
    int length = libc.call(READ, descriptor, buffer, size);
    boolean fine = length >= 0 || libc.errno() == Errno.EAGAIN || libc.errno() == Errno.EINTR;
    libc.check(fine, "read", "descriptor " + descriptor);
    return length;
  }

  @Override
  public int[] pipe() throws FileFault {
    long ends = scratch.reset().take(8);
    libc.check(libc.call(PIPE2, ends, O_CLOEXEC) == 0, "make", "a pipe");
    return new int[] {scratch.getInt(ends), scratch.getInt(ends + 4)};
  }

  @Override
  public boolean leavesMount(int at, String path, boolean follow) {
    return mountWalk.leavesMount(at, path, follow);
  }

  @Override
  public void close(int descriptor) {
    kept.remove(descriptor);
    libc.call(CLOSE, descriptor);
  }

  @Override
  public @Nullable String pathOf(int descriptor) {
    try {
      String path = readLink(ABSOLUTE, "/proc/self/fd/" + descriptor);
      return path.endsWith(" (deleted)") ? null : path;
    } catch (FileFault ignored) { // no /proc: the caller does without the path
      return null;
    }
  }

  /** The descriptor that the previous program left, if the path still leads to its file. */
  private int openKept(String what, int at, String path, int flags) throws FileFault {
    var found = kept.hasLeft() ? stats.of(at, path, true) : null;
    int left = found == null ? -1 : kept.take(found);
    if (left >= 0) {
      return left;
    }
    int descriptor = open(what, at, path, flags, OWNER_ONLY);
    kept.add(descriptor);
    return descriptor;
  }

  @Override
  public boolean isLeft(int descriptor) {
    return kept.wasLeft(descriptor);
  }

  private int open(String what, int at, String path, int flags, int mode) throws FileFault {
    int descriptor = libc.call(OPENAT, at, scratch.reset().path(path), flags, mode);
    libc.check(descriptor >= 0, what, path);
    return descriptor;
  }
}
