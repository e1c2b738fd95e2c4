package org.usersvc.client.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.usersvc.client.socket.NativeText;

/** Checks the content of one file of a service directory. */
public final class FileCheck {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What desktops and logins bring, which needs-env may name. */
  private static final List<String> VARIABLES =
      List.of(
          "DISPLAY",
          "WAYLAND_DISPLAY",
          "XAUTHORITY",
          "DBUS_SESSION_BUS_ADDRESS",
          "XDG_CURRENT_DESKTOP",
          "XDG_SESSION_TYPE",
          "XDG_SESSION_ID",
          "XDG_SESSION_DESKTOP",
          "XDG_SEAT",
          "XDG_VTNR",
          "SWAYSOCK",
          "I3SOCK",
          "HYPRLAND_INSTANCE_SIGNATURE",
          "NIRI_SOCKET",
          "SSH_AUTH_SOCK",
          "XDG_RUNTIME_DIR");

  private static final Set<String> NUMBERS =
      Set.of(
          "timeout-ready", "timeout-kill", "timeout-finish", "timeout-watchdog", "notification-fd");

  private FileCheck() {}

  /** Findings about a file, by its name in the service directory, and its content. */
  public static List<Finding> of(String file, byte[] content) {
    if (isScript(file)) {
      return ScriptCheck.of(file, content, false);
    }
    String text = NativeText.decode(content);
    if (file.startsWith("env/") || file.startsWith("log/env/")) {
      return carriageReturns(content);
    }
    return switch (file) {
      case "exports" -> ExportsCheck.of(text, content);
      case "needs-env" -> needs(text, content);
      case "type" -> word(text, content, List.of("longrun", "oneshot"));
      case "restart" -> word(text, content, List.of("always", "on-failure", "no"));
      case "schedule", "watch", "limits", "directory", "down-signal", "reload-signal" ->
          carriageReturns(content);
      default -> NUMBERS.contains(file) ? number(file, text, content) : List.of();
    };
  }

  /** Whether usersvcd executes the file. */
  static boolean isScript(String file) {
    return Set.of("run", "finish", "check", "log/run", "log/finish").contains(file)
        || file.startsWith("control/")
        || file.startsWith("log/control/");
  }

  /** The first line that ends in one; the shell and usersvcd take it for a part of a word. */
  static List<Finding> carriageReturns(byte[] content) {
    int line = 1;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        line++;
      } else if (content[i] == '\r' && (i + 1 == content.length || content[i + 1] == '\n')) {
        return List.of(
            Finding.error(
                line,
                "line " + line + " ends in a carriage return; remove them with sed -i 's/\\r$//'"));
      }
    }
    return List.of();
  }

  private static List<Finding> needs(String text, byte[] content) {
    List<Finding> found = new ArrayList<>(carriageReturns(content));
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      for (String word : lines[i].strip().split("\\s+", -1)) {
        if (word.startsWith("#")) {
          break;
        }
        if (!word.isEmpty()) {
          needed(i + 1, word, found);
        }
      }
    }
    return found;
  }

  private static void needed(int line, String word, List<Finding> found) {
    if (VARIABLE.matcher(word).matches()) {
      String hint = VARIABLES.contains(word) ? "" : Nearest.hint(word, VARIABLES);
      if (!hint.isEmpty()) {
        found.add(Finding.warning(line, "nothing usual sets " + word + hint));
      }
      return;
    }
    String bare = word.replaceFirst("^\\$\\{?", "").replaceFirst("[}=].*$", "");
    String remedy = VARIABLE.matcher(bare).matches() ? "; write only " + bare : "";
    found.add(Finding.error(line, "'" + word + "' is no name of a variable" + remedy));
  }

  private static List<Finding> word(String text, byte[] content, List<String> known) {
    String word = text.strip();
    List<Finding> returns = carriageReturns(content);
    if (!returns.isEmpty() || known.contains(word)) {
      return returns;
    }
    return List.of(
        Finding.error(
            1,
            "'" + word + "' has to be " + String.join(" or ", known) + Nearest.hint(word, known)));
  }

  private static List<Finding> number(String file, String text, byte[] content) {
    List<Finding> returns = carriageReturns(content);
    if (!returns.isEmpty() || text.strip().matches("[0-9]{1,18}")) {
      return returns;
    }
    String unit = file.equals("notification-fd") ? "the number of a descriptor" : "milliseconds";
    return List.of(Finding.error(1, "'" + text.strip() + "' has to be " + unit + ", such as 5000"));
  }

  /** The text as bytes are, for patterns of scripts. */
  static String plain(byte[] content) {
    return new String(content, ISO_8859_1);
  }
}
