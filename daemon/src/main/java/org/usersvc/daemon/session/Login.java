package org.usersvc.daemon.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/**
 * A login of the user, as the program that let him in has entered it: a file {@code PID.START.N}
 * with a line {@code NAME=VALUE} for each fact.
 *
 * @param pid the process that has logged in
 * @param start when that began, in clock ticks since boot
 * @param name its terminal, else the service that has let it in; may be empty
 */
public record Login(int pid, long start, String name, Environment variables) {
  private static final Pattern ENTRY = Pattern.compile("([0-9]+)\\.([0-9]+)\\.([0-9]+)");
  private static final Pattern LINE = Pattern.compile("([A-Z_][A-Z0-9_]*)=([ -~]{0,255})");

  /** The variables of a login; they identify one login, and must not be mixed with another's. */
  public static final Set<String> VARIABLES =
      Set.of(
          "XDG_SESSION_ID",
          "XDG_SESSION_TYPE",
          "XDG_SESSION_CLASS",
          "XDG_SESSION_DESKTOP",
          "XDG_SEAT",
          "XDG_VTNR");

  private static final String DEVICES = "/dev/";

  /** Whether a file of that name is a login's. */
  public static boolean isEntry(String file) {
    return ENTRY.matcher(file).matches();
  }

  /**
   * Reads an entry.
   *
   * @param complaints called with each fault, with the value and the expected form
   * @return null if there is a fault
   */
  public static @Nullable Login parse(String file, byte[] content, Consumer<String> complaints) {
    var numbers = ENTRY.matcher(file);
    if (!numbers.matches()) {
      throw new IllegalArgumentException(file);
    }
    try {
      int pid = Integer.parseInt(numbers.group(1));
      long start = Long.parseLong(numbers.group(2));
      if (pid != 0) {
        var facts = facts(new String(content, ISO_8859_1), complaints);
        return facts == null ? null : new Login(pid, start, name(facts), brought(facts));
      }
    } catch (NumberFormatException ignored) { // reported below
    }
    complaints.accept("its name has to be PID.START.N, of a process that there can be");
    return null;
  }

  private static @Nullable Map<String, String> facts(String text, Consumer<String> complaints) {
    var facts = new LinkedHashMap<String, String>();
    String[] lines = text.split("\n", -1);
    int count = lines.length - (text.isEmpty() || text.endsWith("\n") ? 1 : 0);
    for (int i = 0; i < count; i++) {
      var fact = LINE.matcher(lines[i]);
      if (!fact.matches()) {
        complaints.accept(
            "line %d says '%s' and has to be NAME=VALUE, of 255 printable ASCII characters at most"
                .formatted(i + 1, NativeText.printable(lines[i])));
        return null;
      }
      facts.put(fact.group(1), fact.group(2));
    }
    return facts;
  }

  private static String name(Map<String, String> facts) {
    String terminal = facts.getOrDefault("PAM_TTY", "");
    if (terminal.isEmpty()) {
      return facts.getOrDefault("PAM_SERVICE", "");
    }
    return terminal.startsWith(DEVICES) ? terminal.substring(DEVICES.length()) : terminal;
  }

  private static Environment brought(Map<String, String> facts) {
    var variables = new LinkedHashMap<>(facts);
    variables.keySet().retainAll(VARIABLES);
    variables.values().removeIf(String::isEmpty);
    return Environment.of(variables);
  }
}
