package org.usersvc.daemon.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/** An environment as posix_spawn wants it, in native memory that lives as long as this object. */
public final class EnvironmentBlock {
  private final MemorySegment pointers;

  EnvironmentBlock(Environment environment) {
    var arena = Arena.ofAuto();
    var variables = environment.variables();
    this.pointers = arena.allocate(ValueLayout.ADDRESS, variables.size() + 1L);
    int i = 0;
    for (var variable : variables.entrySet()) {
      byte[] text = NativeText.encode(variable.getKey() + "=" + variable.getValue());
      var string = arena.allocate(text.length + 1L);
      MemorySegment.copy(text, 0, string, ValueLayout.JAVA_BYTE, 0, text.length);
      pointers.setAtIndex(ValueLayout.ADDRESS, i++, string);
    }
  }

  /** The environment that this process was started with, whatever the locale. */
  public static Environment inherited() throws IOException {
    return Environment.parse(Files.readAllBytes(Path.of("/proc/self/environ")));
  }

  long address() {
    return pointers.address();
  }
}
