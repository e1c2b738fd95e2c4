package org.usersvc.systemd.unit;

import org.usersvc.daemon.model.Signal;

/**
 * The messages that a service may send. Immutable.
 *
 * @param access {@code NotifyAccess=}; main at least for notify types and with a watchdog
 * @param storedDescriptors {@code FileDescriptorStoreMax=}, 0 or more
 * @param reloadSignal {@code ReloadSignal=} of notify-reload
 */
public record NotifySettings(Access access, int storedDescriptors, Signal reloadSignal) {
  public static final NotifySettings DEFAULT = new NotifySettings(Access.NONE, 0, Signal.HUP);

  /** The words of {@code NotifyAccess=}: whose messages count. */
  public enum Access {
    NONE,
    /** Those of the main process. */
    MAIN,
    /** Those of the main process and of the command that runs. */
    EXEC,
    /** Those of all processes of the unit. */
    ALL
  }
}
