package org.usersvc.systemd.read;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.systemd.directive.CommandsPart;
import org.usersvc.systemd.directive.ExecPart;
import org.usersvc.systemd.directive.KillPart;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.SlicePart;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.ServiceSettings;
import org.usersvc.systemd.unit.Settings;

/** The section {@code [Service]}. */
final class ServiceSection implements Section {
  private final ServicePart service = new ServicePart();
  private final CommandsPart commands =
      new CommandsPart(
          ExecStep.CONDITION,
          ExecStep.START_PRE,
          ExecStep.START,
          ExecStep.START_POST,
          ExecStep.RELOAD,
          ExecStep.RELOAD_POST,
          ExecStep.STOP,
          ExecStep.STOP_POST);
  private final RestartPart restart = new RestartPart();
  private final TimeoutsPart timeouts = new TimeoutsPart();
  private final ExecPart exec = new ExecPart();
  private final KillPart kill = new KillPart();
  private final SlicePart slice = new SlicePart();

  @Override
  public List<Part> parts() {
    var parts = new ArrayList<Part>(List.of(service, commands, restart, timeouts, kill, slice));
    parts.addAll(exec.parts());
    return parts;
  }

  @Override
  public Settings settings(Rest rest) {
    var lines = commands.commands();
    var type = service.type(lines.has(ExecStep.START));
    var settings =
        new ServiceSettings(
            type,
            service.main(),
            lines,
            service.messages(type.isNotify() || timeouts.hasWatchdog()),
            restart.settings(),
            timeouts.timeouts(type));
    slice.addTo(rest.dependencies());
    for (var socket : service.sockets()) {
      rest.dependencies().add(socket, Relation.WANTS, Relation.AFTER, Relation.TRIGGERED_BY);
    }
    ServiceChecks.check(settings, rest);
    return new Settings.Service(settings, exec.settings(), kill.settings());
  }
}
