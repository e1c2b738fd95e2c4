package org.usersvc.systemd.run;

import java.util.Optional;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.engine.Stamps;

/**
 * The last execution of a command. Immutable.
 *
 * @param pid 0 if it could not be executed
 * @param ended empty while it runs
 * @param status empty while it runs
 */
public record CommandStatus(
    int pid, Stamps.Stamp began, Optional<Stamps.Stamp> ended, Optional<ExitStatus> status) {
  static CommandStatus began(int pid, Stamps.Stamp now) {
    return new CommandStatus(pid, now, Optional.empty(), Optional.empty());
  }

  CommandStatus ended(Stamps.Stamp now, ExitStatus how) {
    return new CommandStatus(pid, began, Optional.of(now), Optional.of(how));
  }
}
