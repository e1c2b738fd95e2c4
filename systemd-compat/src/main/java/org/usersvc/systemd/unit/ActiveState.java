package org.usersvc.systemd.unit;

/** The state of a unit as all types have it; each type has sub-states of its own beside it. */
public enum ActiveState {
  ACTIVE,
  RELOADING,
  INACTIVE,
  FAILED,
  ACTIVATING,
  DEACTIVATING;

  /** The word that D-Bus and {@code systemctl} show. */
  public String word() {
    return Spelling.of(this);
  }

  /** Whether the unit does its work. */
  public boolean isActive() {
    return this == ACTIVE || this == RELOADING;
  }

  /** Whether it is up or coming up. */
  public boolean isActiveOrActivating() {
    return isActive() || this == ACTIVATING;
  }

  /** Whether it is down. */
  public boolean isInactiveOrFailed() {
    return this == INACTIVE || this == FAILED;
  }
}
