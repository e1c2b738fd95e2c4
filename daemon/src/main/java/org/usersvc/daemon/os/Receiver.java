package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.ArrayList;
import java.util.List;

/** Receives from sockets what read(2) cannot: who has sent it, and descriptors. */
final class Receiver {
  private static final Libc.Function RECVMSG = function("recvmsg");
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int SCM_CREDENTIALS = 2;
  private static final int MSG_CTRUNC = 0x8;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT_CMSG_CLOEXEC = 0x40 | 0x40000000;

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

  /** The scratch memory that a call needs beside the content. */
  static final int SPACE = CONTROL_SIZE + 256;

  private final Libc libc;
  private final Scratch scratch;
  private long content;
  private long header;
  private int pid;
  private int uid;
  private List<Integer> descriptors = List.of();

  Receiver(Libc libc, Scratch scratch) {
    this.libc = libc;
    this.scratch = scratch;
  }

  /**
   * Receives once, without waiting.
   *
   * @param most the most bytes of the content
   * @return the length of the content; -1 if it failed, and errno says why
   */
  int receive(int socket, int most) {
    header = scratch.reset().take(HEADER_SIZE);
    long vector = scratch.take(16);
    content = scratch.take(most);
    long control = scratch.take(CONTROL_SIZE);
    scratch.fill(header, HEADER_SIZE, 0);
    scratch.putLong(vector, content);
    scratch.putLong(vector + 8, most);
    scratch.putLong(header + VECTOR, vector);
    scratch.putLong(header + VECTOR_COUNT, 1);
    scratch.putLong(header + CONTROL, control);
    scratch.putLong(header + CONTROL_LENGTH, CONTROL_SIZE);
    pid = 0;
    uid = -1;
    descriptors = List.of();
    int length = libc.call(RECVMSG, socket, header, MSG_DONTWAIT_CMSG_CLOEXEC);
    if (length >= 0) {
      interpret(control, scratch.getInt(header + CONTROL_LENGTH));
    }
    return length;
  }

  private void interpret(long control, int controlLength) {
    for (int at = 0; at + CONTENT <= controlLength; at += aligned(scratch.getInt(control + at))) {
      int length = scratch.getInt(control + at);
      switch (kind(control + at)) {
        case SCM_CREDENTIALS -> {
          pid = scratch.getInt(control + at + CONTENT);
          uid = scratch.getInt(control + at + CONTENT + 4);
        }
        case SCM_RIGHTS -> takeDescriptors(control + at, length);
        default -> {} // time stamps and labels were not requested
      }
    }
  }

  private void takeDescriptors(long part, int length) {
    var all = new ArrayList<>(descriptors);
    for (int each = CONTENT; each + 4 <= length; each += 4) {
      all.add(scratch.getInt(part + each));
    }
    descriptors = List.copyOf(all);
  }

  /** The type of a part of level {@code SOL_SOCKET}, 0 for any other level. */
  private int kind(long part) {
    return scratch.getInt(part + LEVEL) == SOL_SOCKET ? scratch.getInt(part + TYPE) : 0;
  }

  /** The offset of the next part; positive whatever was read. */
  private static int aligned(int length) {
    return Math.max(length, CONTENT) + 7 & ~7;
  }

  /** The address of the content. */
  long content() {
    return content;
  }

  /** The sender's pid by the kernel; 0 if it is not told. */
  int pid() {
    return pid;
  }

  /** The sender's user; -1 if it is not told. */
  int uid() {
    return uid;
  }

  /** Those that came with it, close-on-exec. */
  List<Integer> descriptors() {
    return descriptors;
  }

  /** Whether the message was longer. */
  boolean isCut() {
    return (scratch.getInt(header + FLAGS) & MSG_TRUNC) != 0;
  }

  /** Whether descriptors were sent that this process has no room for. */
  boolean lacksDescriptors() {
    return (scratch.getInt(header + FLAGS) & MSG_CTRUNC) != 0;
  }
}
