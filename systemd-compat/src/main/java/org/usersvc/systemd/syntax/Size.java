package org.usersvc.systemd.syntax;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.calendar.Amount;

/** Numbers of bytes with suffixes to the base 1024: {@code 64M}, {@code 1.5G}. */
public final class Size {
  private Size() {}

  /** A number of bytes, 0 or more. */
  public static Parsed<Long> parse(String text) {
    return Amount.parse(text, Size::bytesOf)
        .map(Parsed::of)
        .orElseGet(() ->
            Parsed.warning(
                Flaw.shown(text) + " is no size; write a number and K, M, G or T behind it"));
  }

  private static @Nullable Long bytesOf(String suffix) {
    return switch (suffix) {
      case "", "B" -> 1L;
      case "K" -> 1L << 10;
      case "M" -> 1L << 20;
      case "G" -> 1L << 30;
      case "T" -> 1L << 40;
      case "P" -> 1L << 50;
      case "E" -> 1L << 60;
      default -> null;
    };
  }
}
