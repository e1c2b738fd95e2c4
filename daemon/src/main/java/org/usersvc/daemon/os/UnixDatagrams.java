package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.DatagramSockets;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;

/** The {@link DatagramSockets} of this machine. */
public final class UnixDatagrams implements DatagramSockets {
  private static final Libc.Function SETSOCKOPT = function("setsockopt");
  private static final int DATAGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PASSCRED = 16;
  private static final int BLOCK = 8 * 1024;

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(BLOCK + SocketMessage.SIZE);
  private final NamedSockets named;

  public UnixDatagrams() {
    this(new KeptDescriptors());
  }

  /**
   * With named sockets that outlive the program.
   *
   * @param kept knows them
   */
  public UnixDatagrams(KeptDescriptors kept) {
    this.named = new NamedSockets(libc, scratch, kept);
  }

  @Override
  public int bind(String path) throws FileFault {
    return named.bind(DATAGRAM, path, this::askForCredentials);
  }

  private int askForCredentials(int socket) {
    long on = scratch.reset().take(4);
    scratch.putInt(on, 1);
    return (int) libc.callLong(SETSOCKOPT, socket, SOL_SOCKET, SO_PASSCRED, on, 4, 0);
  }

  @Override
  public @Nullable Datagram receive(int socket, int most) throws FileFault {
    var message = new SocketMessage(scratch, Math.min(most, BLOCK));
    int length = message.receive(libc, socket, 0);
    if (length < 0) {
      return nothing(libc.errno());
    }
    var with = message.accompaniment();
    String text = message.text(length);
    return new Datagram(with.pid(), with.uid(), text, message.isCut(), with.descriptors());
  }

  private static @Nullable Datagram nothing(int errno) throws FileFault {
    if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
      return null;
    }
    throw new FileFault("receive", "a message", new Errno(errno));
  }
}
