package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/** The {@link LocalSockets} of this machine. */
public final class UnixSockets implements LocalSockets {
  private static final Libc.Function SOCKET = function("socket");
  private static final Libc.Function BIND = function("bind");
  private static final Libc.Function LISTEN = function("listen");
  private static final Libc.Function CONNECT = function("connect");
  private static final Libc.Function ACCEPT4 = function("accept4");
  private static final Libc.Function GETSOCKOPT = function("getsockopt");
  private static final Libc.Function SEND = function("send");
  private static final Libc.Function UNLINK = function("unlink");
  private static final Libc.Function CHMOD = function("chmod");
  private static final Libc.Function RENAME = function("rename");
  private static final Libc.Function CLOSE = function("close");
  private static final int AF_UNIX = 1;
  private static final int STREAM = 1;
  private static final int CLOEXEC = 02000000;
  private static final int NONBLOCK = 04000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
  private static final int BACKLOG = 4096;
  private static final int ADDRESS_SIZE = 110;
  private static final int LONGEST_PATH = 107;
  private static final int BLOCK = 64 * 1024;
  private static final int ENAMETOOLONG = 36;
  private static final String FRESH = ".n";

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(BLOCK + 64);

  @Override
  public int listen(String path) throws FileFault {
    if (NativeText.encode(path + FRESH).length > LONGEST_PATH) {
      throw new FileFault("listen at", path, new Errno(ENAMETOOLONG));
    }
    int socket = libc.call(SOCKET, AF_UNIX, STREAM | CLOEXEC | NONBLOCK, 0);
    check(socket >= 0, path);
    try {
      bind(socket, path);
      check(libc.call(LISTEN, socket, BACKLOG) == 0, path);
      rename(path + FRESH, path);
      return socket;
    } catch (FileFault fault) {
      libc.call(CLOSE, socket);
      throw fault;
    }
  }

  /** Under another name first: whoever finds the socket can connect to it. */
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
    if (!success) {
      throw new FileFault("listen at", path, new Errno(libc.errno()));
    }
  }

  @Override
  public int connect(String name) throws FileFault {
    byte[] bytes = NativeText.encode(name);
    if (bytes.length > LONGEST_PATH) {
      throw new FileFault("connect to", name, new Errno(ENAMETOOLONG));
    }
    int socket = libc.call(SOCKET, AF_UNIX, STREAM | CLOEXEC | NONBLOCK, 0);
    boolean connected =
        socket >= 0 && libc.call(CONNECT, socket, address(bytes), length(bytes)) == 0;
    if (!connected) {
      var errno = new Errno(libc.errno());
      libc.call(CLOSE, socket);
      throw new FileFault("connect to", name, errno);
    }
    return socket;
  }

  private long address(byte[] name) {
    long address = scratch.reset().take(ADDRESS_SIZE);
    scratch.fill(address, ADDRESS_SIZE, 0);
    scratch.fill(address, 1, AF_UNIX);
    scratch.copyIn(address + 2, name, 0, name.length);
    return address;
  }

  /** An abstract name ends where the address does, a path at a NUL. */
  private static int length(byte[] name) {
    return 2 + name.length + (name.length > 0 && name[0] == 0 ? 0 : 1);
  }

  @Override
  public int accept(int listener) throws FileFault {
    int connection = libc.call(ACCEPT4, listener, 0, 0, CLOEXEC | NONBLOCK);
    if (connection < 0 && new Errno(libc.errno()).lacksResources()) {
      if (libc.errno() == Errno.EAGAIN) {
        return -1;
      }
      throw new FileFault("accept", "a connection", new Errno(libc.errno()));
    }
    return connection;
  }

  @Override
  public Peer peer(int connection) throws FileFault {
    long credentials = scratch.reset().take(12);
    long length = scratch.take(4);
    scratch.putInt(length, 12);
    int result =
        (int)
            libc.callLong(GETSOCKOPT, connection, SOL_SOCKET, SO_PEERCRED, credentials, length, 0);
    if (result != 0) {
      throw new FileFault("identify", "the peer", new Errno(libc.errno()));
    }
    return new Peer(scratch.getInt(credentials), scratch.getInt(credentials + 4));
  }

  @Override
  public int send(int connection, byte[] from, int offset, int length) throws FileFault {
    int size = Math.min(length, BLOCK);
    long buffer = scratch.reset().take(size);
    scratch.copyIn(buffer, from, offset, size);
    int sent = libc.call(SEND, connection, buffer, size, MSG_DONTWAIT_NOSIGNAL);
    if (sent < 0 && libc.errno() != Errno.EAGAIN) {
      throw new FileFault("answer", "a client", new Errno(libc.errno()));
    }
    return Math.max(sent, 0);
  }
}
