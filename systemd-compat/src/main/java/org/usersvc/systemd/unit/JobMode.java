package org.usersvc.systemd.unit;

import java.util.Locale;
import java.util.Optional;

/**
 * How a new job deals with jobs that are queued already.
 *
 * <p>Source: systemctl(1), {@code --job-mode=}.
 */
public enum JobMode {
  FAIL,
  LENIENT,
  REPLACE,
  REPLACE_IRREVERSIBLY,
  ISOLATE,
  FLUSH,
  IGNORE_DEPENDENCIES,
  IGNORE_REQUIREMENTS,
  TRIGGERING,
  RESTART_DEPENDENCIES;

  /** The word that D-Bus and unit files have. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The mode of that word. */
  public static Optional<JobMode> ofWord(String word) {
    for (var mode : values()) {
      if (mode.word().equals(word)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
