package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;

/**
 * The environment that children get: the bytes that the daemon itself was started with, whatever
 * the locale. The launcher hides three variables from the JVM; here they have their names again.
 */
public final class EnvironmentBlock {
  private static final String SAVED = "USERSVC_SAVED_";

  private final MemorySegment pointers;
  private final List<String> variables;

  private EnvironmentBlock(MemorySegment pointers, List<String> variables) {
    this.pointers = pointers;
    this.variables = variables;
  }

  /** The daemon's own environment. */
  public static EnvironmentBlock inherited() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("/proc/self/environ"));
    return of(List.of(new String(bytes, ISO_8859_1).split("\0")));
  }

  /** The value of a variable as native text; null if it is not set, or empty. */
  public @Nullable String value(String name) {
    for (String variable : variables) {
      if (variable.startsWith(name) && variable.startsWith("=", name.length())) {
        String value = variable.substring(name.length() + 1);
        return value.isEmpty() ? null : NativeText.decode(value.getBytes(ISO_8859_1));
      }
    }
    return null;
  }

  /** An environment of these NAME=VALUE strings, a char for each byte. */
  static EnvironmentBlock of(List<String> variables) {
    var arena = Arena.global();
    var strings = new ArrayList<MemorySegment>();
    for (String variable : variables) {
      if (!variable.isEmpty()) {
        String own = variable.startsWith(SAVED) ? variable.substring(SAVED.length()) : variable;
        strings.add(arena.allocateFrom(own, ISO_8859_1));
      }
    }
    var pointers = arena.allocate(ValueLayout.ADDRESS, strings.size() + 1L);
    for (int i = 0; i < strings.size(); i++) {
      pointers.setAtIndex(ValueLayout.ADDRESS, i, strings.get(i));
    }
    return new EnvironmentBlock(pointers, variables);
  }

  long address() {
    return pointers.address();
  }
}
