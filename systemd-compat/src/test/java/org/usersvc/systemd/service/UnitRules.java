package org.usersvc.systemd.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.ExecCommands;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.syntax.CommandLine;
import org.usersvc.systemd.syntax.CommandLine.Prefix;
import org.usersvc.systemd.syntax.ExitStatuses;
import org.usersvc.systemd.unit.MainProcessSettings;
import org.usersvc.systemd.unit.MainProcessSettings.ExitType;
import org.usersvc.systemd.unit.NotifySettings;
import org.usersvc.systemd.unit.NotifySettings.Access;
import org.usersvc.systemd.unit.RestartSettings;
import org.usersvc.systemd.unit.RestartSettings.Mode;
import org.usersvc.systemd.unit.RestartSettings.When;
import org.usersvc.systemd.unit.ServiceSettings;
import org.usersvc.systemd.unit.ServiceTimeouts;
import org.usersvc.systemd.unit.ServiceTimeouts.FailureMode;
import org.usersvc.systemd.unit.ServiceType;

/** Rules for tests: the defaults of a type and what a test changes. */
final class UnitRules {
  static final Duration TIMEOUT = Duration.ofSeconds(90);

  private final ServiceType type;
  private final Map<ExecStep, List<CommandLine>> commands = new EnumMap<>(ExecStep.class);
  private MainProcessSettings main = MainProcessSettings.DEFAULT;
  private NotifySettings messages = new NotifySettings(Access.MAIN, 0, Signal.HUP);
  private RestartSettings restart = RestartSettings.NO;
  private ServiceTimeouts timeouts;
  private KillSettings kill = KillSettings.DEFAULT;

  private UnitRules(ServiceType type) {
    this.type = type;
    this.timeouts = ServiceTimeouts.defaults(type);
  }

  /** A service of the type with one command. */
  static UnitRules of(ServiceType type) {
    return new UnitRules(type).with(ExecStep.START, "main");
  }

  /** The commands of a step, with their prefixes: {@code -a}. */
  UnitRules with(ExecStep step, String... lines) {
    var list = new ArrayList<CommandLine>();
    for (String line : lines) {
      boolean ignores = line.startsWith("-");
      Set<Prefix> prefixes = ignores ? Set.of(Prefix.IGNORE_FAILURE) : Set.of();
      list.add(new CommandLine("/bin/" + line.replace("-", ""), List.of(line), prefixes));
    }
    commands.put(step, list);
    return this;
  }

  /** One command for each of these steps. */
  UnitRules withAll(Set<ExecStep> steps) {
    EnumSet.copyOf(steps).forEach(step -> with(step, step.directive()));
    return this;
  }

  UnitRules main(ExitType exitType, boolean remain, String pidFile) {
    String file = pidFile.isEmpty() ? null : pidFile;
    main = new MainProcessSettings(exitType, remain, true, file, null, main.successStatus());
    return this;
  }

  UnitRules remains() {
    return main(ExitType.MAIN, true, "");
  }

  UnitRules success(ExitStatuses good) {
    main =
        new MainProcessSettings(
            main.exitType(), main.remainAfterExit(), true, main.pidFile(), null, good);
    return this;
  }

  UnitRules restart(When when, Mode mode) {
    return restart(when, mode, ExitStatuses.NONE, ExitStatuses.NONE);
  }

  UnitRules restart(When when, Mode mode, ExitStatuses prevent, ExitStatuses force) {
    restart = new RestartSettings(when, Duration.ofMillis(50), 0, null, mode, prevent, force);
    return this;
  }

  UnitRules timeouts(UnaryOperator<ServiceTimeouts> change) {
    timeouts = change.apply(timeouts);
    return this;
  }

  UnitRules bounded(Duration runtime, Duration watchdog) {
    return timeouts(old ->
        new ServiceTimeouts(
            TIMEOUT, old.stop(), old.abort(), runtime, watchdog, old.onStart(), old.onStop()));
  }

  UnitRules failureMode(FailureMode mode) {
    return timeouts(old ->
        new ServiceTimeouts(
            TIMEOUT, old.stop(), old.abort(), old.runtime(), old.watchdog(), mode, mode));
  }

  UnitRules kill(KillSettings.Mode mode, boolean hangup, boolean finalKill) {
    kill =
        new KillSettings(
            mode, Signal.TERM, Signal.INT, hangup, finalKill, Signal.KILL, Signal.ABRT);
    return this;
  }

  UnitRules access(Access access) {
    messages = new NotifySettings(access, 0, Signal.HUP);
    return this;
  }

  ServiceRules build() {
    var settings =
        new ServiceSettings(type, main, new ExecCommands(commands), messages, restart, timeouts);
    return new ServiceRules(settings, kill);
  }
}
