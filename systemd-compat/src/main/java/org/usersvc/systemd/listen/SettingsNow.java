package org.usersvc.systemd.listen;

import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.socket.SocketRules;
import org.usersvc.systemd.unit.SocketSettings;
import org.usersvc.systemd.unit.Unit;

/**
 * What a socket's unit says now. One that cannot be read any more keeps what it was. <b>Loop thread
 * only.</b>
 */
final class SettingsNow {
  private Unit unit;
  private @Nullable SocketSettings own;

  SettingsNow(Unit unit) {
    this.unit = unit;
    adopt(unit);
  }

  /** The unit was read anew. */
  void adopt(Unit read) {
    unit = read;
    if (read.settings() instanceof SocketSettings settings && !settings.listen().isEmpty()) {
      own = settings;
    }
  }

  Unit unit() {
    return unit;
  }

  /** Whether the unit was never read: it cannot start then. */
  boolean isMissing() {
    return own == null;
  }

  /** The settings of a unit that was read. */
  SocketSettings own() {
    if (own == null) {
      throw new IllegalStateException("not loaded: " + unit.id());
    }
    return own;
  }

  SocketRules rules() {
    return own == null ? SocketRules.NONE : SocketRules.of(own);
  }
}
