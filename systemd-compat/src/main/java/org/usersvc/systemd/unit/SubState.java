package org.usersvc.systemd.unit;

import java.util.Locale;

/** What a unit of one type does now, finer than the states that all types have. */
public interface SubState {
  /** As enums have it: words in capitals. */
  String name();

  /** The state that all types of units have. */
  ActiveState active();

  /** The word for D-Bus and {@code systemctl}. */
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
