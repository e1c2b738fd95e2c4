package org.usersvc.systemd.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.usersvc.daemon.model.NativeText;

/**
 * Any text as a part of a unit's name, and back. Texts with stray bytes are as in {@link
 * NativeText}.
 *
 * <p>Source: systemd.unit(5), "String escaping for inclusion in unit names", and systemd-escape(1).
 */
public final class UnitEscape {
  private static final String PLAIN = ":_.";

  private UnitEscape() {}

  /** A text as {@code systemd-escape TEXT} escapes it. */
  public static String escape(String text) {
    var escaped = new StringBuilder();
    for (byte b : NativeText.encode(text)) {
      if (b == '/') {
        escaped.append('-');
      } else if (isPlain(b) && !(b == '.' && escaped.isEmpty())) {
        escaped.append((char) b);
      } else {
        escaped.append("\\x").append(digit(b >> 4)).append(digit(b));
      }
    }
    return escaped.toString();
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || PLAIN.indexOf(b) >= 0;
  }

  private static char digit(int value) {
    return Character.forDigit(value & 15, 16);
  }

  /**
   * A path as {@code systemd-escape --path PATH} escapes it: without slashes around it.
   *
   * @return empty if a component of the path is {@code ..}
   */
  public static Optional<String> escapePath(String path) {
    var parts = new ArrayList<String>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        return Optional.empty();
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return Optional.of(parts.isEmpty() ? "-" : escape(String.join("/", parts)));
  }

  /**
   * The text that was escaped, as {@code systemd-escape --unescape} gives it.
   *
   * @return empty if a backslash does not begin {@code \xHH}, or that stands for NUL
   */
  public static Optional<String> unescape(String escaped) {
    var text = new Escapes.Target();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\') {
        if (!escaped.startsWith("x", i + 1) || Escapes.read(escaped, i + 1, text) == 0) {
          return Optional.empty();
        }
        i += 3;
      } else {
        text.add(c == '-' ? '/' : c);
      }
    }
    return Optional.of(text.text());
  }

  /**
   * The path that was escaped, as {@code systemd-escape --unescape --path} gives it: absolute.
   *
   * @return empty if {@link #unescape} is, or the path is not in its shortest form
   */
  public static Optional<String> unescapePath(String escaped) {
    if (escaped.equals("-")) {
      return Optional.of("/");
    }
    return unescape(escaped).filter(UnitEscape::isShortest).map(path -> "/" + path);
  }

  private static boolean isShortest(String path) {
    return List.of(path.split("/", -1)).stream()
        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }
}
