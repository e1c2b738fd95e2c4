package org.usersvc.systemd.unit;

/** What only units of one type have. Immutable. */
public sealed interface Settings
    permits NoSettings,
        PathSettings,
        ScopeSettings,
        SliceSettings,
        SocketSettings,
        TargetSettings,
        TimerSettings {}
