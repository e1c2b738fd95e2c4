package org.usersvc.systemd.listen;

import java.util.function.Consumer;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;

/**
 * What all socket units stand on.
 *
 * @param manager starts their services
 * @param commands run what is around the life of the sockets
 * @param warn takes trouble that the daemon survives
 */
public record Workplace(
    Mechanisms mechanisms, Manager manager, UnitCommands.Maker commands, Consumer<String> warn) {
  /** Asks for the start of a service. */
  Asked trigger(UnitName service) {
    return manager.ask(JobType.START, service, JobMode.REPLACE);
  }
}
