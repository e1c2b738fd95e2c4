package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/**
 * The {@link LocalSockets} of this machine. jnr-unixsocket would cost 17 MiB and most of a second,
 * on the loop; in the integration tests it speaks for hostile peers.
 */
public final class UnixSockets implements LocalSockets {
  private static final Libc.Function LISTEN = function("listen");
  private static final Libc.Function CONNECT = function("connect");
  private static final Libc.Function ACCEPT4 = function("accept4");
  private static final Libc.Function GETSOCKOPT = function("getsockopt");
  private static final Libc.Function SEND = function("send");
  private static final Libc.Function CLOSE = function("close");
  private static final int STREAM = 1;
  private static final int CLOEXEC = 02000000;
  private static final int NONBLOCK = 04000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;

  /** A new client waits behind all connections of one process; more wait in connect(2). */
  private static final int BACKLOG = 256;

  private static final int BLOCK = 64 * 1024;

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(BLOCK + SocketMessage.SIZE);
  private final NamedSockets named;

  public UnixSockets() {
    this(new KeptDescriptors());
  }

  /**
   * With named sockets that outlive the program.
   *
   * @param kept knows them
   */
  public UnixSockets(KeptDescriptors kept) {
    this.named = new NamedSockets(libc, scratch, kept);
  }

  @Override
  public int listen(String path) throws FileFault {
    return named.bind(STREAM, path, socket -> libc.call(LISTEN, socket, BACKLOG));
  }

  @Override
  public boolean isLeft(String path) {
    return named.isLeft(STREAM, path);
  }

  @Override
  public int connect(String name) throws FileFault {
    byte[] bytes = NativeText.encode(name);
    if (bytes.length > NamedSockets.LONGEST_PATH) {
      throw new FileFault("connect to", name, new Errno(Errno.ENAMETOOLONG));
    }
    int socket = named.make(STREAM);
    boolean connected =
        socket >= 0
            && libc.call(CONNECT, socket, named.address(bytes), NamedSockets.length(bytes)) == 0;
    if (!connected) {
      var errno = new Errno(libc.errno());
      libc.call(CLOSE, socket);
      throw new FileFault("connect to", name, errno);
    }
    return socket;
  }

  @Override
  public int accept(int listener) throws FileFault {
    int connection = libc.call(ACCEPT4, listener, 0, 0, CLOEXEC | NONBLOCK);
    if (connection < 0 && new Errno(libc.errno()).lacksResources()) {
      if (libc.errno() == Errno.EAGAIN) {
        return -1;
      }
      throw libc.fault("accept", "a connection");
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
      throw libc.fault("identify", "the peer");
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
      throw libc.fault("answer", "a client");
    }
    return Math.max(sent, 0);
  }

  @Override
  public Received receive(int connection, byte[] into) throws FileFault {
    var message = new SocketMessage(scratch, Math.min(into.length, BLOCK));
    int length = message.receive(libc, connection, 0);
    if (length < 0) {
      if (libc.errno() == Errno.EAGAIN || libc.errno() == Errno.EINTR) {
        return Received.NOTHING;
      }
      throw libc.fault("read", "a connection");
    }
    scratch.copyOut(message.content(), into, length);
    var descriptors = message.accompaniment().descriptors();
    return new Received(length, descriptors, message.lacksDescriptors());
  }
}
