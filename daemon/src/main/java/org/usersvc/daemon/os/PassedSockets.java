package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ListeningSockets;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/** The {@link ListeningSockets} of this machine. */
public final class PassedSockets implements ListeningSockets {
  private static final Libc.Function SOCKET = function("socket");
  private static final Libc.Function BIND = function("bind");
  private static final Libc.Function LISTEN = function("listen");
  private static final Libc.Function SETSOCKOPT = function("setsockopt");
  private static final Libc.Function UNLINK = function("unlink");
  private static final Libc.Function FCHMOD = function("fchmod");
  private static final Libc.Function CHMOD = function("chmod");
  private static final Libc.Function CLOSE = function("close");
  private static final Libc.Function ACCEPT4 = function("accept4");
  private static final Libc.Function RECV = function("recv");
  private static final Libc.Function FCNTL = function("fcntl");
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int SOL_TCP = 6;

  /** So many connections or messages are dropped at most; a peer may send for ever. */
  private static final int MOST_DROPPED = 10_000;

  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;
  private static final int SEQUENTIAL_PACKETS = 5;
  private static final int CLOEXEC = 02000000;
  private static final int NONBLOCK = 04000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int UNIX = 1;
  private static final int INET = 2;
  private static final int INET6 = 10;
  private static final int IPV4_LENGTH = 16;
  private static final int IPV6_LENGTH = 28;
  private static final int IPV6_HOST = 8;

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(512);
  private final KeptDescriptors kept;
  private final HeldDescriptors held;

  /**
   * With sockets that outlive the program.
   *
   * @param kept knows them
   * @param held knows those that outlive its death, too
   */
  public PassedSockets(KeptDescriptors kept, HeldDescriptors held) {
    this.kept = kept;
    this.held = held;
  }

  /** An address in the form of bind(2), without the family. */
  private static final class Bytes {
    private final int family;
    private final byte[] rest;
    private final String shown;

    Bytes(int family, byte[] rest, String shown) {
      this.family = family;
      this.rest = rest;
      this.shown = shown;
    }
  }

  @Override
  public int listen(Kind kind, Address address, int backlog) throws FileFault {
    int left = isLeft(kind, address) ? kept.takeSocket(type(kind), key(bytes(address))) : -1;
    return left >= 0 ? left : make(kind, address, backlog);
  }

  @Override
  public boolean isLeft(Kind kind, Address address) {
    try {
      boolean reachable = !(address instanceof Address.Path(var path, _)) || isSocket(path);
      return kept.hasLeft() && reachable && kept.hasSocket(type(kind), key(bytes(address)));
    } catch (FileFault ignored) { // it cannot have been bound to that either
      return false;
    }
  }

  private static String key(Bytes bytes) {
    return KeptDescriptors.key(bytes.family, bytes.rest);
  }

  @Override
  public void hold(int descriptor) {
    held.add(descriptor);
  }

  @Override
  public void release(int descriptor) {
    held.remove(descriptor);
  }

  @Override
  public void set(int socket, Option option, int value) {
    long place = scratch.reset().take(4);
    scratch.putInt(place, value);
    int level = option == Option.NO_DELAY ? SOL_TCP : SOL_SOCKET;
    libc.callLong(SETSOCKOPT, socket, level, number(option), place, 4, 0);
  }

  private static int number(Option option) {
    return switch (option) {
      case NO_DELAY -> 1;
      case SEND_BUFFER -> 7;
      case RECEIVE_BUFFER -> 8;
      case KEEP_ALIVE -> 9;
      case PASS_CREDENTIALS -> 16;
      case PASS_SECURITY -> 34;
      case PASS_PID_FD -> 76;
    };
  }

  @Override
  public void block(int socket) {
    libc.call(FCNTL, socket, F_SETFL, libc.call(FCNTL, socket, F_GETFL) & ~NONBLOCK);
  }

  @Override
  public int accept(int socket) throws FileFault {
    int connection = libc.call(ACCEPT4, socket, 0, 0, CLOEXEC);
    if (connection < 0 && new Errno(libc.errno()).lacksResources()) {
      if (libc.errno() == Errno.EAGAIN) {
        return -1;
      }
      throw libc.fault("accept", "a connection");
    }
    return connection;
  }

  @Override
  public void flush(int socket) {
    int flags = libc.call(FCNTL, socket, F_GETFL);
    libc.call(FCNTL, socket, F_SETFL, flags | NONBLOCK);
    int dropped = 0;
    while (dropped < MOST_DROPPED && dropOne(socket)) {
      dropped++;
    }
    libc.call(FCNTL, socket, F_SETFL, flags);
  }

  /** A listening socket has connections; another one has messages. */
  private boolean dropOne(int socket) {
    int connection = libc.call(ACCEPT4, socket, 0, 0, CLOEXEC);
    if (connection >= 0) {
      libc.call(CLOSE, connection);
      return true;
    }
    long place = scratch.reset().take(1);
    return libc.errno() != Errno.EAGAIN && libc.call(RECV, socket, place, 1, MSG_DONTWAIT) >= 0;
  }

  private int make(Kind kind, Address address, int backlog) throws FileFault {
    var bytes = bytes(address);
    int socket = libc.call(SOCKET, bytes.family, type(kind) | CLOEXEC | NONBLOCK, 0);
    libc.check(socket >= 0, "make a socket for", bytes.shown);
    try {
      switch (address) {
        case Address.Path(var path, int mode) -> bind(socket, path, mode, bytes);
        case Address.Abstract _ -> bind(socket, bytes);
        case Address.Internet _ -> {
          reuse(socket);
          bind(socket, bytes);
        }
      }
      boolean listens = kind == Kind.DATAGRAM || libc.call(LISTEN, socket, backlog) == 0;
      libc.check(listens, "listen at", bytes.shown);
      kept.add(socket);
      return socket;
    } catch (FileFault fault) {
      libc.call(CLOSE, socket);
      throw fault;
    }
  }

  private static int type(Kind kind) {
    return switch (kind) {
      case STREAM -> STREAM;
      case DATAGRAM -> DATAGRAM;
      case SEQUENTIAL_PACKETS -> SEQUENTIAL_PACKETS;
    };
  }

  /** Its mode is never wider than wanted; clients know it by this very name. */
  private void bind(int socket, String path, int mode, Bytes bytes) throws FileFault {
    if (isSocket(path)) {
      libc.call(UNLINK, scratch.reset().text(path));
    }
    libc.call(FCHMOD, socket, mode);
    bind(socket, bytes);
    boolean changed = libc.call(CHMOD, scratch.reset().text(path), mode) == 0; // despite the umask
    libc.check(changed, "set the mode of", path);
  }

  private void bind(int socket, Bytes bytes) throws FileFault {
    int length = bytes.rest.length + 2;
    long address = scratch.reset().take(length);
    scratch.fill(address, 1, bytes.family);
    scratch.fill(address + 1, 1, 0);
    scratch.copyIn(address + 2, bytes.rest, 0, bytes.rest.length);
    libc.check(libc.call(BIND, socket, address, length) == 0, "listen at", bytes.shown);
  }

  private void reuse(int socket) {
    long on = scratch.reset().take(4);
    scratch.putInt(on, 1);
    libc.callLong(SETSOCKOPT, socket, SOL_SOCKET, SO_REUSEADDR, on, 4, 0);
  }

  private boolean isSocket(String path) throws FileFault {
    var found = new Stats(libc, scratch).of(FileSystem.ABSOLUTE, path, false);
    return found != null && found.kind() == FileStat.Kind.OTHER;
  }

  private static Bytes bytes(Address address) throws FileFault {
    return switch (address) {
      case Address.Path(var path, _) -> unix(path + "\0", path);
      case Address.Abstract(var name) -> unix("\0" + name, "@" + name);
      case Address.Internet internet -> internet(internet);
    };
  }

  private static Bytes unix(String name, String shown) throws FileFault {
    byte[] bytes = NativeText.encode(name);
    if (bytes.length > NamedSockets.LONGEST_PATH + 1) {
      throw new FileFault("listen at", shown, new Errno(Errno.ENAMETOOLONG));
    }
    return new Bytes(UNIX, bytes, shown);
  }

  private static Bytes internet(Address.Internet address) {
    byte[] host = address.host().getAddress();
    boolean six = host.length != 4;
    byte[] rest = new byte[(six ? IPV6_LENGTH : IPV4_LENGTH) - 2];
    rest[0] = (byte) (address.port() >> 8);
    rest[1] = (byte) address.port();
    System.arraycopy(host, 0, rest, six ? IPV6_HOST - 2 : 2, host.length);
    return new Bytes(six ? INET6 : INET, rest, "port " + address.port());
  }
}
