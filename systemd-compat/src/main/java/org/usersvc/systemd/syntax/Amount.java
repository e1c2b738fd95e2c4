package org.usersvc.systemd.syntax;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums of decimal numbers with units, such as {@code 2min 1.5s}. */
final class Amount {
  private static final String SPACE = " \t\n\r";

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
  static Optional<Long> parse(String text, Function<String, @Nullable Long> units) {
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
    int length = Numbers.decimalLength(text, start);
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
    return factor == null
        ? Optional.empty()
        : Numbers.times(text.substring(start, start + length), factor);
  }

  private void skipSpace() {
    while (at < text.length() && SPACE.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
