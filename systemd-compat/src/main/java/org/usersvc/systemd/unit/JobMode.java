package org.usersvc.systemd.unit;

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
    return Spelling.of(this);
  }

  /** The mode of that word. */
  public static Optional<JobMode> ofWord(String word) {
    return Spelling.parse(JobMode.class, word);
  }
}
