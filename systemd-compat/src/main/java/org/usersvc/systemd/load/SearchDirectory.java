package org.usersvc.systemd.load;

/**
 * One directory of the search path.
 *
 * @param path absolute
 * @param role who writes to it
 */
public record SearchDirectory(String path, Role role) {
  /** Who writes to a directory, and how long its content lives. */
  public enum Role {
    /** Settings made over D-Bus, which stay. */
    CONTROL,
    /** Settings made over D-Bus, until the user's last logout. */
    RUNTIME_CONTROL,
    /** Units made over D-Bus. */
    TRANSIENT,
    /** Units made by generators. */
    GENERATED,
    /** The user's own units, and what the user enabled. */
    CONFIG,
    /** The administrator's units, and what was enabled for all users. */
    SHARED_CONFIG,
    /** What the user enabled until the last logout. */
    RUNTIME,
    /** What was enabled for all users until the machine is switched off. */
    SHARED_RUNTIME,
    /** Units of packages. */
    VENDOR;

    /** Whether its content ends with the session or the machine's uptime. */
    public boolean isRuntime() {
      return this == RUNTIME || this == SHARED_RUNTIME || this == RUNTIME_CONTROL;
    }

    /** Whether it is a place for what users and administrators set for good. */
    public boolean isConfig() {
      return this == CONFIG || this == SHARED_CONFIG;
    }
  }
}
