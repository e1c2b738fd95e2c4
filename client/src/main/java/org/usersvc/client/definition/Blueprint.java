package org.usersvc.client.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a service that {@code new} makes. Pure.
 *
 * @param name of the service
 * @param command the command line for the shell; empty: the user is yet to write it
 * @param every the time between two starts, null if there is no schedule
 * @param logger the command of its log service, null if it has none
 */
record Blueprint(
    String name,
    String command,
    Set<Trait> traits,
    @Nullable String every,
    @Nullable String logger) {
  /** What the options of {@code new} say. */
  enum Trait {
    ONESHOT,
    GRAPHICAL
  }

  /** Assignments before the command, which exec cannot follow. */
  private static final Pattern ASSIGNMENTS =
      Pattern.compile("((?:[A-Za-z_][A-Za-z0-9_]*=[^\\s'\"\\\\$`]*\\s+)*)(.*)", Pattern.DOTALL);

  /** Grammar of the shell that makes more than one simple command of a line. */
  private static final Pattern COMPOUND =
      Pattern.compile("[;&|\\n]|^\\s*(?:if|for|while|until|case|exec|cd|\\{|\\(|!)(?:\\s|$)");

  /** The scripts, which are executable, and the other files, by name. */
  Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    files.put("run", run());
    if (traits.contains(Trait.ONESHOT)) {
      files.put("type", "oneshot\n");
    }
    if (traits.contains(Trait.GRAPHICAL)) {
      files.put("needs-env", "WAYLAND_DISPLAY DISPLAY\n");
    }
    if (every != null) {
      files.put("schedule", "every " + every + "\n");
    }
    if (logger != null) {
      files.put("log/run", log(logger));
    }
    return files;
  }

  static boolean isScript(String file) {
    return file.equals("run") || file.endsWith("/run");
  }

  private String run() {
    List<String> lines = new ArrayList<>(List.of("#!/bin/sh", "# " + name, "exec 2>&1"));
    if (command.isEmpty()) {
      lines.add("# Replace the next two lines by: exec PROGRAM, which stays in the foreground.");
      lines.add("echo 'what to run is not written yet: usersvc edit " + name + "'");
      lines.add("exit 78");
    } else {
      lines.add(line());
    }
    return text(lines);
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private String line() {
    String text = command.strip();
    if (COMPOUND.matcher(text).find()) {
      return text;
    }
    Matcher parts = ASSIGNMENTS.matcher(text);
    boolean plain = parts.matches() && !parts.group(2).matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*");
    return plain ? parts.group(1) + "exec " + parts.group(2) : text;
  }

  private String log(String program) {
    return text(
        List.of(
            "#!/bin/sh",
            "# the log of " + name + ", which usersvc log " + name + " shows",
            "directory=\"${XDG_STATE_HOME:-$HOME/.local/state}/log/" + name + "\"",
            "mkdir -p \"$directory\" && exec " + program + " \"$directory\""));
  }
}
