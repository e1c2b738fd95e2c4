package org.usersvc.client.command;

/** How long a verb waits: a decimal number of seconds, 0 to 86400. */
final class WaitTime {
  private static final int DAY_MILLIS = 86_400_000;
  private static final int LONGEST_WHOLE = 5;
  private static final int LONGEST_FRACTION = 9;

  private WaitTime() {}

  /** Milliseconds; finer digits are dropped. {@code what}: where the number comes from. */
  static long millis(String what, String text) throws UsageException {
    int whole = digits(text, 0);
    boolean point = whole < text.length() && text.charAt(whole) == '.';
    int fraction = point ? digits(text, whole + 1) : 0;
    int end = whole + (point ? 1 + fraction : 0);
    boolean number = whole > 0 && whole <= LONGEST_WHOLE && point == (fraction > 0);
    if (!number || fraction > LONGEST_FRACTION || end != text.length()) {
      throw wrong(what, text);
    }
    long millis = 0;
    for (int i = 0; i < whole; i++) {
      millis = millis * 10 + (text.charAt(i) - '0');
    }
    for (int i = 0; i < 3; i++) {
      millis = millis * 10 + (i < fraction ? text.charAt(whole + 1 + i) - '0' : 0);
    }
    if (millis > DAY_MILLIS) {
      throw wrong(what, text);
    }
    return millis;
  }

  private static int digits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - start;
  }

  private static UsageException wrong(String what, String text) {
    return UsageException.of(what + text + " is not a number of seconds from 0 to 86400");
  }
}
