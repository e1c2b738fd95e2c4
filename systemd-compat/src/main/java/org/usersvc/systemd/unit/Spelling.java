package org.usersvc.systemd.unit;

import java.util.Locale;
import java.util.Optional;

/** The words of settings: an enum's constant in lower case, with hyphens. */
public final class Spelling {
  private Spelling() {}

  /** The word of a constant: {@code NOTIFY_RELOAD} is {@code notify-reload}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant of a word; empty if there is none. */
  public static <E extends Enum<E>> Optional<E> parse(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(word)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
