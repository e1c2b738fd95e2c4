package org.usersvc.daemon.calendar;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums of decimal numbers with units, such as {@code 2min 1.5s}. */
public final class Amount {
  private static final String SPACE = " \t\n\r";
  private static final int LONGEST_DECIMAL = 100;

  private final String text;
  private final Function<String, @Nullable Long> units;
  private int at;

  private Amount(String text, Function<String, @Nullable Long> units) {
    this.text = text;
    this.units = units;
  }

  /**
   * The sum.
   *
   * @param units gives the factor of a unit, null if there is no such unit; the empty one is the
   *     unit of a number without
   * @return empty if the text is no such sum, or the sum is too large for a {@code long}
   */
  public static Optional<Long> parse(String text, Function<String, @Nullable Long> units) {
    return new Amount(text, units).sum();
  }

  private Optional<Long> sum() {
    long sum = 0;
    skipSpace();
    if (at == text.length()) {
      return Optional.empty();
    }
    while (at < text.length()) {
      var term = term();
      if (term.isEmpty() || sum > Long.MAX_VALUE - term.get()) {
        return Optional.empty();
      }
      sum += term.get();
      skipSpace();
    }
    return Optional.of(sum);
  }

  private Optional<Long> term() {
    int start = text.charAt(at) == '+' ? at + 1 : at;
    int length = decimalLength(text, start);
    if (length == 0) {
      return Optional.empty();
    }
    at = start + length;
    skipSpace();
    int unit = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    Long factor = units.apply(text.substring(unit, at));
    return factor == null ? Optional.empty() : times(text.substring(start, start + length), factor);
  }

  private void skipSpace() {
    while (at < text.length() && SPACE.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The length of the decimal number at {@code from}, perhaps with a fraction; 0 if none is. */
  private static int decimalLength(String text, int from) {
    int end = digitsEnd(text, from);
    if (end < text.length() && text.charAt(end) == '.') {
      int fraction = digitsEnd(text, end + 1);
      return fraction == end + 1 ? 0 : fraction - from;
    }
    return end - from;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /**
   * A decimal number times a unit, rounded down. Without BigDecimal, which takes 30 ms to load.
   *
   * @param decimal digits, perhaps with a fraction
   * @param unit 1 to 2<sup>60</sup>
   * @return empty if the product is too large, or the number too long to be one
   */
  public static Optional<Long> times(String decimal, long unit) {
    if (decimal.length() > LONGEST_DECIMAL) {
      return Optional.empty();
    }
    int point = decimal.indexOf('.');
    long part = point < 0 ? 0 : fractionOf(decimal.substring(point + 1), unit);
    String whole = point < 0 ? decimal : decimal.substring(0, point);
    return digits("0" + whole)
        .filter(count -> count <= (Long.MAX_VALUE - part) / unit)
        .map(count -> count * unit + part);
  }

  /** The part of a unit that the digits after the point stand for, rounded down. */
  private static long fractionOf(String digits, long unit) {
    long rest = 0;
    for (int i = digits.length() - 1; i >= 0; i--) {
      rest = Long.divideUnsigned(Character.digit(digits.charAt(i), 10) * unit + rest, 10);
    }
    return rest;
  }

  private static Optional<Long> digits(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException ignored) { // too large
      return Optional.empty();
    }
  }
}
