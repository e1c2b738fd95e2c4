package org.usersvc.daemon.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import org.usersvc.daemon.model.Errno;

/** Sockets whose other ends are in the test's hand. */
public final class FakeLocalSockets implements LocalSockets {
  /** The descriptor of the listening socket. */
  public static final int LISTENER = 900_000;

  private static final int EPIPE = 32;
  private static final int ENOTCONN = 107;
  private static final int ECONNREFUSED = 111;

  private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private int room = Integer.MAX_VALUE;
  private int uid;
  private boolean broken;
  private boolean exhausted;

  @Override
  public int listen(String path) {
    return LISTENER;
  }

  @Override
  public int accept(int listener) throws FileFault {
    if (exhausted) {
      throw new FileFault("accept", "a connection", new Errno(Errno.EMFILE));
    }
    return waiting.isEmpty() ? -1 : waiting.remove();
  }

  @Override
  public int connect(String name) throws FileFault {
    throw new FileFault("connect to", name, new Errno(ECONNREFUSED));
  }

  @Override
  public Peer peer(int connection) throws FileFault {
    if (broken) {
      throw new FileFault("ask for the peer of", "a client", new Errno(ENOTCONN));
    }
    return new Peer(1, uid);
  }

  @Override
  public int send(int connection, byte[] from, int offset, int length) throws FileFault {
    if (broken) {
      throw new FileFault("answer", "a client", new Errno(EPIPE));
    }
    int taken = Math.min(length, room);
    received.write(from, offset, taken);
    room -= taken;
    return taken;
  }

  @Override
  public Received receive(int connection, byte[] into) {
    throw new AssertionError("clients are read as files here");
  }

  /** Has a client connect. */
  public void connect(int descriptor, int peerUid) {
    waiting.add(descriptor);
    uid = peerUid;
  }

  /** How many bytes the client takes from now on. */
  public void room(int bytes) {
    room = bytes;
  }

  /** The client is gone. */
  public void breakOff() {
    broken = true;
  }

  /** Whether there are no descriptors left to accept with. */
  public void exhausted(boolean now) {
    exhausted = now;
  }

  /** What the client has got. */
  public String received() {
    return received.toString(UTF_8);
  }
}
