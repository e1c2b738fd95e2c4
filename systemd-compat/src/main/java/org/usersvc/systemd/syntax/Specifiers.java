package org.usersvc.systemd.syntax;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces specifiers such as {@code %i} in the values of one unit. Make a new one for each load of
 * the unit. Used by one thread.
 *
 * <p>The replacement is not read again, so it may contain {@code %}. Source: systemd.unit(5),
 * "Specifiers"; that a {@code %} before something that is neither letter nor digit stays is what
 * {@code systemd-analyze verify} 252 does.
 */
public final class Specifiers {
  /** So many characters the values of all specifiers of one load may have together. */
  public static final int LONGEST = 4 << 20;

  private final UnitName name;
  private final Source others;
  private final Map<Character, Optional<String>> known = new HashMap<>();
  private int replaced;

  /** The values that do not follow from the unit's name: directories, user, machine. */
  @FunctionalInterface
  public interface Source {
    /**
     * The value of {@code %letter}.
     *
     * @return empty if the letter has no meaning or its value cannot be had
     */
    Optional<String> value(char letter);
  }

  /**
   * The specifiers in the files of a unit; a template's own are of the instance, if there is one.
   */
  public Specifiers(UnitName name, Source others) {
    this.name = name;
    this.others = others;
  }

  /**
   * A text with its specifiers replaced.
   *
   * @return without a value if a specifier is unknown or has none; its flaw is a warning
   */
  public Parsed<String> expand(String text) {
    if (text.indexOf('%') < 0) {
      return Parsed.of(text);
    }
    var expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      if (text.charAt(at) != '%' || !isSpecifier(next)) {
        expanded.append(text.charAt(at));
        at++;
        continue;
      }
      var value = known.computeIfAbsent(next, this::value);
      if (value.isEmpty()) {
        return Parsed.warning(
            "%" + next + " in " + Flaw.shown(text) + " has no value; write \"%%\" for a \"%\"");
      }
      replaced += value.get().length();
      if (replaced > LONGEST) {
        replaced = LONGEST;
        return Parsed.warning(
            "the specifiers of the unit become longer than 4 MiB at "
                + Flaw.shown(text)
                + "; use fewer");
      }
      expanded.append(value.get());
      at += 2;
    }
    return Parsed.of(expanded.toString());
  }

  private static boolean isSpecifier(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '%';
  }

  private Optional<String> value(char letter) {
    return switch (letter) {
      case '%' -> Optional.of("%");
      case 'n' -> Optional.of(name.toString());
      case 'N' -> Optional.of(name.withoutSuffix());
      case 'p' -> Optional.of(name.prefix());
      case 'P' -> UnitEscape.unescape(name.prefix());
      case 'i' -> Optional.of(name.instance());
      case 'I' -> UnitEscape.unescape(name.instance());
      case 'j' -> Optional.of(lastPart());
      case 'J' -> UnitEscape.unescape(lastPart());
      case 'f' -> file();
      default -> others.value(letter);
    };
  }

  private String lastPart() {
    return name.prefix().substring(name.prefix().lastIndexOf('-') + 1);
  }

  private Optional<String> file() {
    if (name.isInstance()) {
      return UnitEscape.unescapePath(name.instance());
    }
    return UnitEscape.unescape(name.prefix()).map(path -> "/" + path);
  }
}
