package org.usersvc.daemon.model;

import org.jspecify.annotations.Nullable;

/** The signals with a name, and their numbers in Linux on most machines. */
public enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  ILL(4),
  TRAP(5),
  ABRT(6),
  BUS(7),
  FPE(8),
  KILL(9),
  USR1(10),
  SEGV(11),
  USR2(12),
  PIPE(13),
  ALRM(14),
  TERM(15),
  STKFLT(16),
  CHLD(17),
  CONT(18),
  STOP(19),
  TSTP(20),
  TTIN(21),
  TTOU(22),
  URG(23),
  XCPU(24),
  XFSZ(25),
  VTALRM(26),
  PROF(27),
  WINCH(28),
  IO(29),
  PWR(30),
  SYS(31);

  private static final Signal[] ALL = values();

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The name of signal {@code number}, or its number if it has no name here. */
  public static String nameOf(int number) {
    var known = of(number);
    return known == null ? Integer.toString(number) : known.name();
  }

  /** The signal of that name, with or without SIG, or of that number; null if there is none. */
  public static @Nullable Signal of(String text) {
    for (var signal : ALL) {
      if (text.equals(signal.name())
          || text.equals("SIG" + signal.name())
          || text.equals(Integer.toString(signal.number))) {
        return signal;
      }
    }
    return null;
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
