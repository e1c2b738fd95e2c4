package org.usersvc.systemd.unit;

import java.util.Locale;
import java.util.Optional;

/** The words of settings and states: the name of what stands for it in lower case, with hyphens. */
public final class Spelling {
  private Spelling() {}

  /** The word of a constant: {@code NOTIFY_RELOAD} is {@code notify-reload}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant of a word; empty if there is none. */
  public static <E extends Enum<E>> Optional<E> parse(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (isOf(constant.name(), word)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(String name, String word) {
    boolean isEqual = name.length() == word.length();
    for (int i = 0; isEqual && i < name.length(); i++) {
      char c = name.charAt(i);
      isEqual = word.charAt(i) == (c == '_' ? '-' : Character.toLowerCase(c));
    }
    return isEqual;
  }

  /** The word of a class that stands for a state: {@code StopSigterm} is {@code stop-sigterm}. */
  public static String of(Class<?> state) {
    String name = state.getSimpleName();
    var word = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (i > 0 && Character.isUpperCase(c)) {
        word.append('-');
      }
      word.append(Character.toLowerCase(c));
    }
    return word.toString();
  }
}
