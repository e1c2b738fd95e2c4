package org.usersvc.systemd.unit;

import org.usersvc.systemd.exec.ExecCommands;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.KillSettings;

/**
 * The settings of a service: its section {@code [Service]} but for what {@link ExecSettings} and
 * {@link KillSettings} have. All defaults are in. Immutable.
 */
public record ServiceSettings(
    ServiceType type,
    MainProcessSettings main,
    ExecCommands commands,
    NotifySettings messages,
    RestartSettings restart,
    ServiceTimeouts timeouts) {}
