package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/** UNIX sockets with a name in the file system, and addresses of such names. */
final class NamedSockets {
  private static final Libc.Function SOCKET = function("socket");
  private static final Libc.Function BIND = function("bind");
  private static final Libc.Function UNLINK = function("unlink");
  private static final Libc.Function CHMOD = function("chmod");
  private static final Libc.Function RENAME = function("rename");
  private static final Libc.Function CLOSE = function("close");
  private static final int AF_UNIX = 1;
  private static final int CLOEXEC = 02000000;
  private static final int NONBLOCK = 04000;
  private static final int ADDRESS_SIZE = 110;
  private static final String FRESH = ".n";

  static final int LONGEST_PATH = 107;

  private final Libc libc;
  private final Scratch scratch;
  private final KeptDescriptors kept;

  /** Prepares a socket before others can find it; 0 if it succeeded. */
  @FunctionalInterface
  interface Preparation {
    int of(int socket);
  }

  NamedSockets(Libc libc, Scratch scratch, KeptDescriptors kept) {
    this.libc = libc;
    this.scratch = scratch;
    this.kept = kept;
  }

  /** A socket that does not block; negative, with errno, on failure. */
  int make(int type) {
    return libc.call(SOCKET, AF_UNIX, type | CLOEXEC | NONBLOCK, 0);
  }

  /**
   * Binds a socket, mode 0600, replacing an old one; or takes the one that the previous program has
   * left bound to that path.
   */
  int bind(int type, String path, Preparation preparation) throws FileFault {
    if (NativeText.encode(path + FRESH).length > LONGEST_PATH) {
      throw new FileFault("listen at", path, new Errno(Errno.ENAMETOOLONG));
    }
    int left = kept.hasLeft() && isThere(path) ? kept.takeSocket(type, path + FRESH) : -1;
    if (left >= 0) {
      return left;
    }
    int socket = make(type);
    check(socket >= 0, path);
    try {
      bind(socket, path);
      check(preparation.of(socket) == 0, path);
      rename(path + FRESH, path);
      kept.add(socket);
      return socket;
    } catch (FileFault fault) {
      libc.call(CLOSE, socket);
      throw fault;
    }
  }

  /** Whether {@link #bind} would take a socket that is open already. */
  boolean isLeft(int type, String path) {
    return kept.hasSocket(type, path + FRESH);
  }

  private boolean isThere(String path) throws FileFault {
    var found = new Stats(libc, scratch).of(FileSystem.ABSOLUTE, path, false);
    return found != null && found.kind() == FileStat.Kind.OTHER;
  }

  /** Binds under another name first: when others find the socket, it is ready. */
  private void bind(int socket, String path) throws FileFault {
    byte[] name = NativeText.encode(path + FRESH);
    libc.call(UNLINK, scratch.reset().text(path + FRESH));
    check(libc.call(BIND, socket, address(name), ADDRESS_SIZE) == 0, path);
    check(libc.call(CHMOD, scratch.reset().text(path + FRESH), 0600) == 0, path);
  }

  private void rename(String from, String to) throws FileFault {
    long source = scratch.reset().text(from);
    check(libc.call(RENAME, source, scratch.text(to)) == 0, to);
  }

  private void check(boolean success, String path) throws FileFault {
    libc.check(success, "listen at", path);
  }

  /** The address of that name, which may be abstract: a NUL and more. */
  long address(byte[] name) {
    long address = scratch.reset().take(ADDRESS_SIZE);
    scratch.fill(address, ADDRESS_SIZE, 0);
    scratch.fill(address, 1, AF_UNIX);
    scratch.copyIn(address + 2, name, 0, name.length);
    return address;
  }

  /** An abstract name ends where the address does, a path at a NUL. */
  static int length(byte[] name) {
    return 2 + name.length + (name.length > 0 && name[0] == 0 ? 0 : 1);
  }
}
