package org.usersvc.systemd.install;

/**
 * How a request is meant.
 *
 * @param isRuntime until the last logout, not for good
 * @param isForced links that are in the way are replaced; files never are
 */
public record InstallOptions(boolean isRuntime, boolean isForced) {
  /** For good, and without replacing anything. */
  public static final InstallOptions PLAIN = new InstallOptions(false, false);
}
