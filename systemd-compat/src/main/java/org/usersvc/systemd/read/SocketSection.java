package org.usersvc.systemd.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.CommandsPart;
import org.usersvc.systemd.directive.ExecPart;
import org.usersvc.systemd.directive.KillPart;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.SlicePart;
import org.usersvc.systemd.directive.StartLimitPart;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.syntax.Flaw;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.ServiceTimeouts;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.SocketSettings;
import org.usersvc.systemd.unit.SocketSettings.Accept;
import org.usersvc.systemd.unit.SocketSettings.Commands;
import org.usersvc.systemd.unit.StartLimit;

/** The section {@code [Socket]}. */
final class SocketSection implements Part, Section {
  private static final Duration TRIGGER_INTERVAL = Duration.ofSeconds(2);
  private static final int TRIGGERS = 20;
  private static final int TRIGGERS_THAT_ACCEPT = 200;

  /** Stands for a burst that no file sets. */
  private static final int UNSET = Integer.MAX_VALUE;

  private boolean accepts = Accept.DEFAULT.isOn();
  private int connections = Accept.DEFAULT.connections();
  private int connectionsPerSource = Accept.DEFAULT.connectionsPerSource();
  private @Nullable UnitName service;
  private boolean passesToExec;
  private boolean flushesPending;
  private @Nullable Duration timeout = ServiceTimeouts.DEFAULT;
  private final ListenPart listen = new ListenPart();
  private final SocketOptionsPart options = new SocketOptionsPart();
  private final StartLimitPart triggerLimit =
      new StartLimitPart(
          new StartLimit(TRIGGER_INTERVAL, UNSET), "TriggerLimitBurst", "TriggerLimitIntervalSec");
  private final CommandsPart commands =
      new CommandsPart(
          ExecStep.START_PRE, ExecStep.START_POST, ExecStep.STOP_PRE, ExecStep.STOP_POST);
  private final ExecPart exec = new ExecPart();
  private final KillPart kill = new KillPart();
  private final SlicePart slice = new SlicePart();

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "Accept" -> value.bool(read -> accepts = read);
      case "MaxConnections" -> value.count(1, read -> connections = read);
      case "MaxConnectionsPerSource" -> value.count(0, read -> connectionsPerSource = read);
      case "Service" -> service(value);
      case "PassFileDescriptorsToExec" -> value.bool(read -> passesToExec = read);
      case "FlushPending" -> value.bool(read -> flushesPending = read);
      case "TimeoutSec" -> value.timeout(read -> timeout = read);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void service(Value value) {
    var units = value.units();
    if (units.size() == 1 && units.getFirst().type() == UnitType.SERVICE) {
      service = units.getFirst();
    } else {
      value.warn("needs the name of a service");
    }
  }

  @Override
  public List<Part> parts() {
    var parts = new ArrayList<Part>(List.of(this, listen, options, triggerLimit));
    parts.addAll(List.of(commands, kill, slice));
    parts.addAll(exec.parts());
    return parts;
  }

  @Override
  public Settings settings(Rest rest) {
    slice.addTo(rest.dependencies());
    var settings =
        new SocketSettings(
            listen.addresses(),
            service == null ? ownService(rest.unit()) : service,
            new Accept(accepts, connections, connectionsPerSource),
            options.options(),
            listen.names(rest.unit()),
            triggerLimit(),
            new Commands(commands.commands(), exec.settings(), kill.settings(), timeout),
            passesToExec,
            flushesPending);
    check(settings, rest);
    return settings;
  }

  private UnitName ownService(UnitName socket) {
    boolean isPerConnection =
        accepts && listen.addresses().stream().allMatch(address -> address.kind().hasConnections());
    return isPerConnection && !socket.isInstance()
        ? UnitName.of(socket.prefix() + "@.service")
        : socket.withType(UnitType.SERVICE);
  }

  private StartLimit triggerLimit() {
    var limit = triggerLimit.limit();
    int otherwise = accepts ? TRIGGERS_THAT_ACCEPT : TRIGGERS;
    return limit.burst() == UNSET ? new StartLimit(limit.interval(), otherwise) : limit;
  }

  /** Source: systemd.socket(5), {@code Accept=}, {@code Service=}, {@code Symlinks=}. */
  private void check(SocketSettings settings, Rest rest) {
    long files = settings.listen().stream().filter(SocketSettings.Listen::isPath).count();
    if (settings.listen().isEmpty()) {
      rest.flaws().accept(Flaw.error("the socket has no ListenStream= or the like"));
    } else if (accepts && service != null) {
      rest.flaws().accept(Flaw.error("Service= cannot be with Accept=yes"));
    } else if (!settings.names().symlinks().isEmpty() && files != 1) {
      rest.flaws().accept(Flaw.error("Symlinks= needs exactly one file to listen at"));
    }
  }
}
