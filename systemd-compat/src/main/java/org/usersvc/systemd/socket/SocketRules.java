package org.usersvc.systemd.socket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.ExecCommands;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.unit.SocketSettings;

/**
 * What the unit says now. Immutable.
 *
 * @param timeout how long each step may take; null: for ever
 * @param accepts whether each connection gets a service of its own
 * @param flushes whether what nobody took is dropped when the service ends
 */
public record SocketRules(
    ExecCommands commands,
    KillSettings kill,
    @Nullable Duration timeout,
    boolean accepts,
    boolean flushes) {
  /** Those of a unit that is not loaded, and never starts. */
  public static final SocketRules NONE =
      new SocketRules(ExecCommands.NONE, KillSettings.DEFAULT, null, false, false);

  /** The rules of these settings. */
  public static SocketRules of(SocketSettings settings) {
    var commands = settings.commands();
    boolean accepts = settings.acceptsConnections();
    return new SocketRules(
        commands.lines(),
        commands.kill(),
        commands.timeout(),
        accepts,
        settings.flushesPending() && !accepts);
  }
}
