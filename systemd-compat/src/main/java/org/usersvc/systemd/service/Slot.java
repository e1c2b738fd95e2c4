package org.usersvc.systemd.service;

import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.unit.ServiceType;

/** The two processes that a service is known by. */
public enum Slot {
  /** The service itself. */
  MAIN,
  /** A command beside it; the first process of a forking service too. */
  CONTROL;

  /** Where the process of a command belongs. */
  public static Slot of(ExecStep step, ServiceType type) {
    return step == ExecStep.START && type != ServiceType.FORKING ? MAIN : CONTROL;
  }
}
