package org.usersvc.daemon.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/** An environment as posix_spawn wants it, in native memory that lives as long as this object. */
public final class EnvironmentBlock {
  /** The launcher hides three variables from the JVM; here they have their names again. */
  private static final String SAVED = "USERSVC_SAVED_";

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
    return parse(Files.readAllBytes(Path.of("/proc/self/environ")));
  }

  /** The environment that another process of the same user was started with. */
  public static Environment of(int pid) throws IOException {
    return parse(Files.readAllBytes(Path.of("/proc/" + pid + "/environ")));
  }

  static Environment parse(byte[] bytes) {
    var variables = new LinkedHashMap<String, String>();
    for (String variable : NativeText.decodeEach(bytes)) {
      String own = variable.startsWith(SAVED) ? variable.substring(SAVED.length()) : variable;
      int equals = own.indexOf('=');
      if (equals > 0) {
        variables.putIfAbsent(own.substring(0, equals), own.substring(equals + 1));
      }
    }
    return Environment.of(variables);
  }

  long address() {
    return pointers.address();
  }
}
