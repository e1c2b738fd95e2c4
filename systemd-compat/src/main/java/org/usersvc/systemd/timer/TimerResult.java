package org.usersvc.systemd.timer;

import org.usersvc.systemd.unit.Spelling;

/** How a timer unit has fared: the values of its property {@code Result}. */
public enum TimerResult {
  SUCCESS,
  /** Its unit could not be started. */
  RESOURCES,
  /** It was started too often. */
  START_LIMIT_HIT;

  /** The word for D-Bus. */
  public String word() {
    return Spelling.of(this);
  }
}
