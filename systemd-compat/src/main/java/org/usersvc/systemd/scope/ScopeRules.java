package org.usersvc.systemd.scope;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.KillSettings;

/**
 * What a scope's unit says. Immutable.
 *
 * @param stop {@code TimeoutStopSec=}; null: for ever
 * @param runtime {@code RuntimeMaxSec=}; null: for ever
 */
public record ScopeRules(KillSettings kill, @Nullable Duration stop, @Nullable Duration runtime) {}
