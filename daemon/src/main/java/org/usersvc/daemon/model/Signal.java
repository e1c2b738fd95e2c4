package org.usersvc.daemon.model;

import org.jspecify.annotations.Nullable;

/** The signals that a service can be told by name, with their Linux numbers. */
public enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  KILL(9),
  USR1(10),
  USR2(12),
  ALRM(14),
  TERM(15),
  CONT(18),
  STOP(19);

  private static final Signal[] ALL = values();

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The name of signal {@code number}, or its number where this list has no name for it. */
  public static String nameOf(int number) {
    var known = of(number);
    return known == null ? Integer.toString(number) : known.name();
  }

  private static @Nullable Signal of(int number) {
    for (var signal : ALL) {
      if (signal.number == number) {
        return signal;
      }
    }
    return null;
  }
}
