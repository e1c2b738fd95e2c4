package org.usersvc.client.login;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Programs that the kernel starts without a loader or an interpreter (elf(5)). */
final class StaticProgram {
  private static final int MOST_BYTES = 4096;
  private static final int MAGIC = 0x7f454c46;
  private static final int CLASS_AT = 4; // 2 for 64 bits
  private static final int ORDER_AT = 5; // 2 for big endian
  private static final int PT_INTERP = 3;

  private StaticProgram() {}

  /** Whether that file is one; a script, and a file with a damaged head, are not. */
  static boolean is(Path file) throws IOException {
    var head = ByteBuffer.allocate(MOST_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(head) > 0) {
        // Reads until it is full, or the file ends.
      }
    }
    head.flip();
    try {
      return head.getInt(0) == MAGIC && !hasInterpreter(head);
    } catch (IndexOutOfBoundsException damaged) {
      return false;
    }
  }

  private static boolean hasInterpreter(ByteBuffer head) {
    boolean wide = head.get(CLASS_AT) == 2;
    head.order(head.get(ORDER_AT) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int table = wide ? (int) head.getLong(32) : head.getInt(28);
    int size = head.getShort(wide ? 54 : 42);
    int count = head.getShort(wide ? 56 : 44);
    for (int i = 0; i < count; i++) {
      if (head.getInt(table + i * size) == PT_INTERP) {
        return true;
      }
    }
    return false;
  }
}
