package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.model.NativeText;

/**
 * The arguments of recvmsg(2) and sendmsg(2), as a 64-bit machine has them: a text, and the
 * descriptors and credentials that come with it. It lies in a {@link Scratch} until that is reset.
 */
final class SocketMessage {
  /** The kernel allows so many descriptors per message. Source: SCM_MAX_FD of unix(7). */
  static final int MOST_DESCRIPTORS = 253;

  private static final Libc.Function RECVMSG = function("recvmsg");
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int SCM_CREDENTIALS = 2;
  private static final int MSG_CTRUNC = 0x8;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT_CMSG_CLOEXEC = 0x40 | 0x40000000;

  /** {@code struct msghdr}. */
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

  /** For all descriptors, and one set of credentials. */
  private static final int CONTROL_SIZE = 2048;

  /** What it needs of a {@link Scratch} besides its text. */
  static final int SIZE = CONTROL_SIZE + 256;

  private final Scratch scratch;
  private final long header;
  private final long content;
  private final long control;

  /**
   * An empty one, after a reset of the memory.
   *
   * @param size the most bytes of its text
   */
  SocketMessage(Scratch scratch, int size) {
    this.scratch = scratch;
    header = scratch.reset().take(HEADER_SIZE);
    long vector = scratch.take(16);
    content = scratch.take(size);
    control = scratch.take(CONTROL_SIZE);
    scratch.fill(header, HEADER_SIZE, 0);
    scratch.putLong(vector, content);
    scratch.putLong(vector + 8, size);
    scratch.putLong(header + VECTOR, vector);
    scratch.putLong(header + VECTOR_COUNT, 1);
    scratch.putLong(header + CONTROL, control);
    scratch.putLong(header + CONTROL_LENGTH, CONTROL_SIZE);
  }

  /** The {@code struct msghdr}. */
  long address() {
    return header;
  }

  /**
   * Receives one, without waiting.
   *
   * @param flags more of recvmsg(2)
   * @return the length of the text; -1 if it failed, and errno says why
   */
  int receive(Libc libc, int socket, int flags) {
    return libc.call(RECVMSG, socket, header, MSG_DONTWAIT_CMSG_CLOEXEC | flags);
  }

  /** Where its text is. */
  long content() {
    return content;
  }

  /** Sends these descriptors and nothing else with the text. */
  void attach(List<Integer> descriptors) {
    if (descriptors.isEmpty()) {
      scratch.putLong(header + CONTROL_LENGTH, 0);
      return;
    }
    int length = CONTENT + 4 * descriptors.size();
    scratch.fill(control, aligned(length), 0);
    scratch.putLong(control, length);
    scratch.putInt(control + LEVEL, SOL_SOCKET);
    scratch.putInt(control + TYPE, SCM_RIGHTS);
    for (int i = 0; i < descriptors.size(); i++) {
      scratch.putInt(control + CONTENT + 4L * i, descriptors.get(i));
    }
    scratch.putLong(header + CONTROL_LENGTH, aligned(length));
  }

  /** Whether the received text was longer. */
  boolean isCut() {
    return (scratch.getInt(header + FLAGS) & MSG_TRUNC) != 0;
  }

  /** Whether descriptors were sent that this process has no room for. */
  boolean lacksDescriptors() {
    return (scratch.getInt(header + FLAGS) & MSG_CTRUNC) != 0;
  }

  String text(int length) {
    return NativeText.decode(scratch.bytes(content, length));
  }

  /** What the kernel has put beside the text. */
  Accompaniment accompaniment() {
    int pid = 0;
    int uid = -1;
    var descriptors = new ArrayList<Integer>();
    int end = scratch.getInt(header + CONTROL_LENGTH);
    for (int at = 0; at + CONTENT <= end; at += aligned(scratch.getInt(control + at))) {
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
    return new Accompaniment(pid, uid, descriptors);
  }

  /**
   * What comes with a text.
   *
   * @param pid the sender's; 0 if the kernel does not give it
   * @param uid the sender's user, -1 if the kernel does not give it
   */
  record Accompaniment(int pid, int uid, List<Integer> descriptors) {}

  /** The type of a part of level {@code SOL_SOCKET}, 0 for any other level. */
  private int kind(long part) {
    return scratch.getInt(part + LEVEL) == SOL_SOCKET ? scratch.getInt(part + TYPE) : 0;
  }

  /** The offset of the next part; positive whatever was read. */
  private static int aligned(int length) {
    return Math.max(length, CONTENT) + 7 & ~7;
  }
}
