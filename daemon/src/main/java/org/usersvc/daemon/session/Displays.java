package org.usersvc.daemon.session;

import org.jspecify.annotations.Nullable;

/** Parses the value of DISPLAY, as X(7) defines it: {@code HOST:DISPLAY.SCREEN}. */
public final class Displays {
  private static final String LOCAL = "unix";

  private Displays() {}

  /** The number of a local display, empty if it is none. */
  public static String localNumber(@Nullable String display) {
    int colon = display == null ? -1 : display.lastIndexOf(':');
    if (display == null || colon < 0) {
      return "";
    }
    String host = display.substring(0, colon);
    int dot = display.indexOf('.', colon);
    String number = display.substring(colon + 1, dot < 0 ? display.length() : dot);
    boolean isNumber = !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber && (host.isEmpty() || host.equals(LOCAL)) ? number : "";
  }

  /** Whether both lead to the same X server. */
  public static boolean areSame(@Nullable String one, @Nullable String other) {
    return one != null && (one.equals(other) || isSameLocal(localNumber(one), localNumber(other)));
  }

  private static boolean isSameLocal(String one, String other) {
    return !one.isEmpty() && one.equals(other);
  }

  /** Whether it is a display of another machine, such as {@code localhost:10.0} of ssh -X. */
  public static boolean isRemote(@Nullable String display) {
    return display != null && !display.isEmpty() && localNumber(display).isEmpty();
  }
}
