package org.usersvc.systemd.syntax;

import java.util.Locale;
import java.util.Optional;

/** The kinds of units; the suffix of a unit's name tells which it is. */
public enum UnitType {
  SERVICE,
  SOCKET,
  TARGET,
  TIMER,
  PATH,
  SLICE,
  SCOPE,
  DEVICE,
  MOUNT,
  AUTOMOUNT,
  SWAP;

  /** The suffix of names without its dot, such as {@code service}. */
  public String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type with this suffix. */
  public static Optional<UnitType> ofSuffix(String suffix) {
    for (var type : values()) {
      if (type.suffix().equals(suffix)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
