package org.usersvc.it;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The 20 bytes of supervise/status. */
record Status(int pid, boolean paused, char wanted, boolean gotTerm, int state) {
  static final int DOWN = 0;
  static final int RUN = 1;
  static final int FINISH = 2;
  private static final int SIZE = 20;

  static Status read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0) {
      throw new NoSuchFileException(file + " is being made anew");
    }
    if (bytes.length != SIZE) {
      throw new AssertionError(file + " has " + bytes.length + " bytes");
    }
    int pid = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    return new Status(pid, bytes[16] != 0, (char) bytes[17], bytes[18] != 0, bytes[19]);
  }

  boolean isDown() {
    return state == DOWN && pid == 0;
  }

  boolean isUp() {
    return state == RUN && pid != 0;
  }
}
