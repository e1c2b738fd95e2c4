package org.usersvc.systemd.service;

import org.usersvc.systemd.exec.ExecCommands;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.unit.ServiceSettings;
import org.usersvc.systemd.unit.ServiceTimeouts;
import org.usersvc.systemd.unit.ServiceType;

/** What the unit says now. Immutable. */
public record ServiceRules(ServiceSettings service, KillSettings kill) {
  ServiceType type() {
    return service.type();
  }

  ExecCommands commands() {
    return service.commands();
  }

  ServiceTimeouts timeouts() {
    return service.timeouts();
  }
}
