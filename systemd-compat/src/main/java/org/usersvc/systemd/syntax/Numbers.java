package org.usersvc.systemd.syntax;

import java.util.Locale;
import java.util.Optional;

/** Whole numbers, booleans and modes of values. */
public final class Numbers {
  private static final int MODE_DIGITS = 6;
  private static final int LAST_MODE = 07777;

  private Numbers() {}

  /** A boolean, in upper or lower case: 1, yes, y, true, t, on and their opposites. */
  public static Parsed<Boolean> parseBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "yes", "y", "true", "t", "on" -> Parsed.of(true);
      case "0", "no", "n", "false", "f", "off" -> Parsed.of(false);
      default -> Parsed.warning(Flaw.shown(text) + " is no boolean; write \"yes\" or \"no\"");
    };
  }

  /** A mode of a file: octal digits, 0 to 07777. */
  public static Parsed<Integer> parseMode(String text) {
    if (text.length() <= MODE_DIGITS) {
      var mode = digits(text, 8).filter(value -> value <= LAST_MODE);
      if (mode.isPresent()) {
        return Parsed.of(mode.get().intValue());
      }
    }
    return Parsed.warning(Flaw.shown(text) + " is no mode; write octal digits such as 0755");
  }

  /** A whole number: decimal, hexadecimal after {@code 0x}, octal after {@code 0}. */
  public static Parsed<Long> parse(String text, long least, long most) {
    boolean isNegative = text.startsWith("-");
    String rest = isNegative || text.startsWith("+") ? text.substring(1) : text;
    var magnitude =
        rest.startsWith("0x")
            ? digits(rest.substring(2), 16)
            : digits(rest, rest.length() > 1 && rest.startsWith("0") ? 8 : 10);
    return magnitude
        .map(value -> isNegative ? -value : value)
        .filter(value -> value >= least && value <= most)
        .map(Parsed::of)
        .orElseGet(() -> Parsed.warning(notBetween(text, least, most)));
  }

  private static String notBetween(String text, long least, long most) {
    String range = most == Long.MAX_VALUE ? least + " or more" : "from " + least + " to " + most;
    return Flaw.shown(text) + " is no whole number; write one, " + range;
  }

  private static Optional<Long> digits(String text, int base) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c < 0x80 && Character.digit(c, base) >= 0)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text, base));
    } catch (NumberFormatException ignored) {
      return Optional.empty(); // too large
    }
  }
}
