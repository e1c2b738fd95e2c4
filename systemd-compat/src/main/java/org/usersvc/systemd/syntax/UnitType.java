package org.usersvc.systemd.syntax;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kinds of units; the suffix of a unit's name says which it is. */
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

  private static final Map<String, UnitType> BY_SUFFIX = new HashMap<>();

  static {
    for (var type : values()) {
      BY_SUFFIX.put(type.suffix, type);
    }
  }

  private final String suffix = name().toLowerCase(Locale.ROOT);

  /** The suffix of names without its dot, such as {@code service}. */
  public String suffix() {
    return suffix;
  }

  /** The type with this suffix. */
  public static Optional<UnitType> ofSuffix(String suffix) {
    return Optional.ofNullable(BY_SUFFIX.get(suffix));
  }
}
