package org.usersvc.daemon.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which ends of run lead to another start; the content of the file {@code restart}. */
public enum RestartRule {
  ALWAYS,
  ON_FAILURE,
  NO;

  /** The rule of that word, null if there is none. */
  public static @Nullable RestartRule ofWord(String word) {
    for (var rule : values()) {
      if (word.equals(rule.name().toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return rule;
      }
    }
    return null;
  }
}
