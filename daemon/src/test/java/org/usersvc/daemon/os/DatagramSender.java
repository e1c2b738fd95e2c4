package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;

/** Sends what has descriptors, from the test's own process. */
public final class DatagramSender implements AutoCloseable {
  private static final Libc.Function SENDMSG = function("sendmsg");
  private static final Libc.Function CLOSE = function("close");
  private static final Libc.Function CONNECT = function("connect");
  private static final Libc.Function RECV = function("recv");
  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;

  private final Libc libc = new Libc();
  private final Scratch names = new Scratch(256);
  private final Scratch scratch = new Scratch(256 * 1024);
  private final NamedSockets named = new NamedSockets(libc, names, new KeptDescriptors());
  private final int socket;

  /** Sends datagrams. */
  public DatagramSender() {
    socket = named.make(DATAGRAM);
  }

  private DatagramSender(String path) {
    socket = named.make(STREAM);
    byte[] name = NativeText.encode(path);
    libc.call(CONNECT, socket, named.address(name), NamedSockets.length(name));
  }

  /** One that is connected to a stream socket. */
  public static DatagramSender connected(String path) {
    return new DatagramSender(path);
  }

  /** Sends over the connection. */
  public int sendOn(byte[] content, int... descriptors) {
    return send(null, content, descriptors);
  }

  /** What has come over the connection; empty if nothing has. */
  public byte[] received() {
    long place = scratch.reset().take(64 * 1024);
    return scratch.bytes(place, Math.max(0, libc.call(RECV, socket, place, 65536, MSG_DONTWAIT)));
  }

  /** 0, or what the kernel has against it. */
  public int send(String path, String message, int... descriptors) {
    return send(NativeText.encode(path), NativeText.encode(message), descriptors);
  }

  private int send(byte @Nullable [] name, byte[] content, int... descriptors) {
    long header = scratch.reset().take(56);
    long vector = scratch.take(16);
    long text = scratch.take(content.length);
    scratch.copyIn(text, content, 0, content.length);
    scratch.fill(header, 56, 0);
    if (name != null) {
      scratch.putLong(header, named.address(name));
      scratch.putInt(header + 8, NamedSockets.length(name));
    }
    scratch.putLong(vector, text);
    scratch.putLong(vector + 8, content.length);
    scratch.putLong(header + 16, vector);
    scratch.putLong(header + 24, 1);
    if (descriptors.length > 0) {
      long control = scratch.take(16 + 4 * descriptors.length + 8);
      scratch.putLong(control, 16 + 4L * descriptors.length);
      scratch.putInt(control + 8, SOL_SOCKET);
      scratch.putInt(control + 12, SCM_RIGHTS);
      for (int i = 0; i < descriptors.length; i++) {
        scratch.putInt(control + 16 + 4L * i, descriptors[i]);
      }
      scratch.putLong(header + 32, control);
      scratch.putLong(header + 40, (16 + 4L * descriptors.length + 7) & ~7);
    }
    int sent = libc.call(SENDMSG, socket, header, MSG_DONTWAIT_NOSIGNAL);
    return sent == content.length ? 0 : libc.errno();
  }

  @Override
  public void close() {
    libc.call(CLOSE, socket);
  }
}
