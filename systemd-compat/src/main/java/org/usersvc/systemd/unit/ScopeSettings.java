package org.usersvc.systemd.unit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.KillSettings;

/**
 * The section {@code [Scope]}. Immutable.
 *
 * @param kill how its processes are ended
 * @param timeoutStop how long its processes may take to end before they are killed; null: without
 *     an end
 * @param runtimeMax how long it may last; null: without an end
 */
public record ScopeSettings(
    KillSettings kill, @Nullable Duration timeoutStop, @Nullable Duration runtimeMax)
    implements Settings {}
