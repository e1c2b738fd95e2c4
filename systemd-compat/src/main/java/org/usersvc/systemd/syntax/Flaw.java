package org.usersvc.systemd.syntax;

import org.usersvc.daemon.model.NativeText;

/**
 * A mistake in a value, by a parser that does not know the value's place. Immutable.
 *
 * @param severity what the mistake means for the unit
 * @param text what is wrong and how to repair it
 */
public record Flaw(Severity severity, String text) {
  /** So many characters of a value are shown. */
  private static final int SHOWN = 80;

  /** A mistake that is ignored. */
  public static Flaw warning(String text) {
    return new Flaw(Severity.WARNING, text);
  }

  /** A mistake that keeps the unit from loading. */
  public static Flaw error(String text) {
    return new Flaw(Severity.ERROR, text);
  }

  /** A value as messages show it: in quotes, cut if long, on one line. */
  public static String shown(String value) {
    if (value.length() <= SHOWN) {
      return "\"" + NativeText.printable(value) + "\"";
    }
    return "\"" + NativeText.printable(value.substring(0, SHOWN)) + "...\"";
  }
}
