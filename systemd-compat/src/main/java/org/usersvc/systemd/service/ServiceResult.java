package org.usersvc.systemd.service;

import org.usersvc.systemd.unit.Spelling;

/** How a service has fared: the values of {@code $SERVICE_RESULT}, systemd.exec(5) table 5. */
public enum ServiceResult {
  SUCCESS,
  /** The system refused a process, memory or a descriptor. */
  RESOURCES,
  /** The service did not do what its type promises. */
  PROTOCOL,
  TIMEOUT,
  EXIT_CODE,
  SIGNAL,
  CORE_DUMP,
  WATCHDOG,
  START_LIMIT_HIT,
  /** {@code ExecCondition=} said that the service is not to run. No failure. */
  EXEC_CONDITION;

  /** The word for D-Bus and commands. */
  public String word() {
    return Spelling.of(this);
  }

  /** Whether a service that ends so is failed. */
  public boolean isFailure() {
    return this != SUCCESS && this != EXEC_CONDITION;
  }

  /** The first thing that went wrong is the result. */
  ServiceResult or(ServiceResult later) {
    return this == SUCCESS ? later : this;
  }
}
