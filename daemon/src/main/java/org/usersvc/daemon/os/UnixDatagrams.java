package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.DatagramSockets;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/** The {@link DatagramSockets} of this machine. */
public final class UnixDatagrams implements DatagramSockets {
  private static final Libc.Function SETSOCKOPT = function("setsockopt");
  private static final Libc.Function RECVMSG = function("recvmsg");
  private static final int DATAGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PASSCRED = 16;
  private static final int SCM_RIGHTS = 1;
  private static final int SCM_CREDENTIALS = 2;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT_CMSG_CLOEXEC = 0x40 | 0x40000000;
  private static final int BLOCK = 8 * 1024;

  /** {@code struct msghdr} of a 64-bit machine. */
  private static final int HEADER_SIZE = 56;

  private static final int VECTOR = 16;
  private static final int VECTOR_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int FLAGS = 48;

  /** {@code struct cmsghdr}: length, level, type; the content is aligned to 8 bytes. */
  private static final int LEVEL = 8;

  private static final int TYPE = 12;
  private static final int CONTENT = 16;

  /** The kernel allows 253 descriptors (SCM_MAX_FD) and one set of credentials per message. */
  private static final int CONTROL_SIZE = 2048;

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(BLOCK + CONTROL_SIZE + 256);
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
    int size = Math.min(most, BLOCK);
    long header = scratch.reset().take(HEADER_SIZE);
    long vector = scratch.take(16);
    long content = scratch.take(size);
    long control = scratch.take(CONTROL_SIZE);
    scratch.fill(header, HEADER_SIZE, 0);
    scratch.putLong(vector, content);
    scratch.putLong(vector + 8, size);
    scratch.putLong(header + VECTOR, vector);
    scratch.putLong(header + VECTOR_COUNT, 1);
    scratch.putLong(header + CONTROL, control);
    scratch.putLong(header + CONTROL_LENGTH, CONTROL_SIZE);
    int length = libc.call(RECVMSG, socket, header, MSG_DONTWAIT_CMSG_CLOEXEC);
    if (length < 0) {
      return nothing(libc.errno());
    }
    boolean cut = (scratch.getInt(header + FLAGS) & MSG_TRUNC) != 0;
    int controlLength = scratch.getInt(header + CONTROL_LENGTH);
    return datagram(NativeText.decode(scratch.bytes(content, length)), cut, control, controlLength);
  }

  private static @Nullable Datagram nothing(int errno) throws FileFault {
    if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
      return null;
    }
    throw new FileFault("receive", "a message", new Errno(errno));
  }

  private Datagram datagram(String text, boolean cut, long control, int controlLength) {
    int pid = 0;
    int uid = -1;
    var descriptors = new ArrayList<Integer>();
    for (int at = 0; at + CONTENT <= controlLength; at += aligned(scratch.getInt(control + at))) {
      int length = scratch.getInt(control + at);
      long part = control + at + CONTENT;
      switch (kind(control + at)) {
        case SCM_CREDENTIALS -> {
          pid = scratch.getInt(part);
          uid = scratch.getInt(part + 4);
        }
        case SCM_RIGHTS -> {
          for (int each = CONTENT; each + 4 <= length; each += 4) {
            descriptors.add(scratch.getInt(control + at + each));
          }
        }
        default -> {} // time stamps and labels were not requested
      }
    }
    return new Datagram(pid, uid, text, cut, descriptors);
  }

  /** The type of a part of level {@code SOL_SOCKET}, 0 for any other level. */
  private int kind(long part) {
    return scratch.getInt(part + LEVEL) == SOL_SOCKET ? scratch.getInt(part + TYPE) : 0;
  }

  /** The offset of the next part; positive whatever was read. */
  private static int aligned(int length) {
    return Math.max(length, CONTENT) + 7 & ~7;
  }
}
