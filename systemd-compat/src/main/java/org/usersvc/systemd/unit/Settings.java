package org.usersvc.systemd.unit;

import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.KillSettings;

/** What only units of one type have. Immutable. */
public sealed interface Settings
    permits NoSettings,
        PathSettings,
        ScopeSettings,
        SliceSettings,
        Settings.Service,
        SocketSettings,
        TargetSettings,
        TimerSettings {
  /**
   * The section {@code [Service]}. Immutable.
   *
   * @param own what only services have
   * @param exec in what surroundings its processes run
   * @param kill how they are ended
   */
  record Service(ServiceSettings own, ExecSettings exec, KillSettings kill) implements Settings {}
}
