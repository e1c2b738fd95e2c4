package org.usersvc.systemd.unit;

/** How a service shows that it has started. Source: systemd.service(5), {@code Type=}. */
public enum ServiceType {
  /** It has started as soon as its process is there. */
  SIMPLE,
  /** It has started when its program is executed. */
  EXEC,
  /**
   * It has started when the first process has exited 0; a child of that one is the main process.
   */
  FORKING,
  /** It has started when its commands have ended. */
  ONESHOT,
  /** It has started when it sends READY=1. */
  NOTIFY,
  /** The same; a reload is a signal, and it ends with READY=1 too. */
  NOTIFY_RELOAD,
  /** It has started when it owns its name on the bus. */
  DBUS,
  /** As simple; the start waits until other jobs are done, but at most 5 s. */
  IDLE;

  /** Whether a message ends the start. */
  public boolean isNotify() {
    return this == NOTIFY || this == NOTIFY_RELOAD;
  }
}
