package org.usersvc.daemon.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/**
 * An environment in the form that posix_spawn needs, in native memory that lives as long as this
 * object. It has room for one more variable, which differs for each process.
 */
public final class EnvironmentBlock {
  private final ByteBuffer memory;

  EnvironmentBlock(Environment environment) {
    var texts = new ArrayList<byte[]>();
    environment
        .variables()
        .forEach((name, value) -> {
          if (!name.equals(Environment.MARK)) {
            texts.add(NativeText.encode(name + "=" + value + "\0"));
          }
        });
    int pointers = (texts.size() + 2) * Long.BYTES;
    int size = pointers + texts.stream().mapToInt(text -> text.length).sum();
    this.memory = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    int at = pointers;
    for (int i = 0; i < texts.size(); i++) {
      memory.putLong((i + 1) * Long.BYTES, start() + at);
      memory.put(at, texts.get(i));
      at += texts.get(i).length;
    }
  }

  /** The environment that this process was started with, whatever the locale. */
  public static Environment inherited() throws IOException {
    return Environment.parse(Files.readAllBytes(Path.of("/proc/self/environ")));
  }

  /** Without the extra variable. */
  long address() {
    return start() + Long.BYTES;
  }

  /**
   * With the extra variable.
   *
   * @param variable address of its text
   */
  long addressWith(long variable) {
    memory.putLong(0, variable);
    return start();
  }

  private long start() {
    return Libc.address(memory);
  }
}
