package org.usersvc.systemd.path;

import org.usersvc.systemd.unit.Spelling;

/** How a path unit has fared: the values of its property {@code Result}. */
public enum PathResult {
  SUCCESS,
  /** Its unit could not be started. */
  RESOURCES,
  /** It was started too often. */
  START_LIMIT_HIT,
  /** It had to start its unit too often. */
  TRIGGER_LIMIT_HIT,
  /** Its unit was started too often. */
  UNIT_START_LIMIT_HIT;

  /** The word for D-Bus. */
  public String word() {
    return Spelling.of(this);
  }
}
