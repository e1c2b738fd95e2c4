package org.usersvc.systemd.syntax;

import org.usersvc.daemon.model.Signal;

/** Signals by name or number, real-time ones too. */
public final class Signals {
  /** The first and the last real-time signal, as the C library has them. */
  private static final int FIRST_REAL_TIME = 34;

  private static final int LAST_REAL_TIME = 64;

  private Signals() {}

  /**
   * The number of a signal from its name, with or without {@code SIG}, or its number.
   *
   * @return 1 to 64
   */
  public static Parsed<Integer> parse(String text) {
    var known = Signal.of(text);
    int number = known == null ? realTime(text) : known.number();
    return number > 0 ? Parsed.of(number) : Parsed.warning(notOne(text));
  }

  private static String notOne(String text) {
    return Flaw.shown(text) + " is no signal; write a name such as SIGTERM or SIGRTMIN+1";
  }

  /** The number; 0 if it is none. */
  private static int realTime(String text) {
    String name = text.startsWith("SIG") ? text.substring(3) : text;
    long number;
    if (name.startsWith("RTMIN")) {
      number = FIRST_REAL_TIME + offset(name, '+');
    } else if (name.startsWith("RTMAX")) {
      number = LAST_REAL_TIME - offset(name, '-');
    } else {
      return Numbers.parse(text, 1, LAST_REAL_TIME).or(0L).intValue();
    }
    return number >= FIRST_REAL_TIME && number <= LAST_REAL_TIME ? (int) number : 0;
  }

  /**
   * The number behind {@code RTMIN} or {@code RTMAX}; one that leads out of range if it is wrong.
   */
  private static long offset(String name, char sign) {
    if (name.length() == 5) {
      return 0;
    }
    return name.charAt(5) == sign
        ? Numbers.parse(name.substring(6), 0, LAST_REAL_TIME).or((long) LAST_REAL_TIME)
        : LAST_REAL_TIME;
  }

  /** The name with {@code SIG}, such as {@code SIGTERM} or {@code SIGRTMIN+3}. */
  public static String nameOf(int number) {
    return number >= FIRST_REAL_TIME && number <= LAST_REAL_TIME
        ? "SIGRTMIN+" + (number - FIRST_REAL_TIME)
        : "SIG" + Signal.nameOf(number);
  }
}
