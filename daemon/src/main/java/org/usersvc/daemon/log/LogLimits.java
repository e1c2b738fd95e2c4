package org.usersvc.daemon.log;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The limits of a log, as the letters of svlogd's {@code config} set them (svlogd.8).
 *
 * @param size the bytes of {@code current} at which it is rotated; 0: never
 * @param keep how many rotated files are kept; 0: all
 * @param keepFull how many rotated files are left when the disk is full
 * @param age the age of {@code current} at which it is rotated; zero: never
 * @param total the most bytes of all logs of this user; 0: no limit
 */
record LogLimits(long size, long keep, long keepFull, Duration age, long total) {
  static final LogLimits USUAL = new LogLimits(1_000_000, 10, 2, Duration.ZERO, 200_000_000);

  /**
   * The limits of a file; these limits hold where the file sets none.
   *
   * @param path the file's path, for {@code warn}
   * @param warn called for each line that is ignored
   */
  LogLimits with(String content, String path, Consumer<String> warn) {
    var limits = this;
    int number = 0;
    for (String line : content.split("\n", -1)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        limits = limits.withLine(line.strip(), path + ":" + number, warn);
      }
    }
    return limits;
  }

  private LogLimits withLine(String line, String place, Consumer<String> warn) {
    char letter = line.charAt(0);
    if ("!uUp-+eE".indexOf(letter) >= 0) {
      warn.accept(
          "%s: svlogd's %c is not known to the built-in logger (a log/run with svlogd does it)"
                  .formatted(place, letter)
              + ", ignoring");
      return this;
    }
    if ("snNtT".indexOf(letter) < 0) {
      warn.accept(place + ": no line begins with " + letter + "; use s, n, N, t or T, ignoring");
      return this;
    }
    long value = number(line.substring(1));
    if (value < 0) {
      String wanted = letter + " and a number, as in " + letter + example(letter);
      warn.accept(place + ": bad value " + line.substring(1) + "; write " + wanted + ", ignoring");
      return this;
    }
    return with(letter, value);
  }

  private LogLimits with(char letter, long value) {
    return switch (letter) {
      case 's' -> new LogLimits(value, keep, keepFull, age, total);
      case 'n' -> new LogLimits(size, value, keepFull, age, total);
      case 'N' -> new LogLimits(size, keep, value, age, total);
      case 't' -> new LogLimits(size, keep, keepFull, Duration.ofSeconds(value), total);
      default -> new LogLimits(size, keep, keepFull, age, value);
    };
  }

  private static long example(char letter) {
    return switch (letter) {
      case 's' -> USUAL.size;
      case 'n' -> USUAL.keep;
      case 'N' -> USUAL.keepFull;
      case 't' -> 86_400;
      default -> USUAL.total;
    };
  }

  /** The number, -1 if the text is not 1 to 15 digits. */
  private static long number(String text) {
    if (text.isEmpty() || text.length() > 15) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
