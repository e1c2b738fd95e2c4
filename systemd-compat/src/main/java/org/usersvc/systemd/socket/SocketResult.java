package org.usersvc.systemd.socket;

import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.unit.Spelling;

/** How a socket unit has fared: the values of its property {@code Result}. */
public enum SocketResult {
  SUCCESS,
  /** It could not listen, or its service could not be started. */
  RESOURCES,
  TIMEOUT,
  EXIT_CODE,
  SIGNAL,
  CORE_DUMP,
  /** It was started too often. */
  START_LIMIT_HIT,
  /** It had to start its service too often: the service takes nothing. */
  TRIGGER_LIMIT_HIT,
  /** Its service was started too often. */
  SERVICE_START_LIMIT_HIT;

  /** The word for D-Bus. */
  public String word() {
    return Spelling.of(this);
  }

  /** The first thing that went wrong is the result. */
  SocketResult or(SocketResult later) {
    return this == SUCCESS ? later : this;
  }

  /** What the end of a command makes of it. */
  static SocketResult of(ExitStatus status) {
    if (status.success()) {
      return SUCCESS;
    }
    if (status.signal() == 0) {
      return EXIT_CODE;
    }
    return status.core() ? CORE_DUMP : SIGNAL;
  }
}
