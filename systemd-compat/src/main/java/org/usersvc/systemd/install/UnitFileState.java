package org.usersvc.systemd.install;

import java.util.Locale;

/**
 * Whether a unit is enabled.
 *
 * <p>Source: systemctl(1), "is-enabled".
 */
public enum UnitFileState {
  ENABLED,
  ENABLED_RUNTIME,
  LINKED,
  LINKED_RUNTIME,
  ALIAS,
  MASKED,
  MASKED_RUNTIME,
  STATIC,
  DISABLED,
  INDIRECT,
  GENERATED,
  TRANSIENT,
  BAD;

  /** The word that D-Bus and {@code systemctl} show. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
