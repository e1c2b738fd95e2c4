package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.syntax.CommandLine;
import org.usersvc.systemd.unit.ServiceSettings;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.Spelling;

/** {@code org.freedesktop.systemd1.Service}. */
final class ServiceTable {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Service")
          .with(new Kind())
          .with(new Timeouts())
          .with(new RunValues())
          .with(new MemberVerbs())
          .with(new Commands())
          .with(new ExecValues(ServiceTable::exec))
          .with(new KillValues(ServiceTable::kill))
          .build();

  private ServiceTable() {}

  /** Null: those of a unit that is not loaded. */
  private static Settings.@Nullable Service settings(Subject subject) {
    return subject.unit().settings() instanceof Settings.Service service ? service : null;
  }

  private static @Nullable ServiceSettings own(Subject subject) {
    var settings = settings(subject);
    return settings == null ? null : settings.own();
  }

  private static ExecSettings exec(Subject subject) {
    var settings = settings(subject);
    return settings == null ? ExecSettings.DEFAULT : settings.exec();
  }

  private static KillSettings kill(Subject subject) {
    var settings = settings(subject);
    return settings == null ? KillSettings.DEFAULT : settings.kill();
  }

  /** What kind of service it is. */
  private static final class Kind implements Table.Part<Subject> {
    @Override
    public void declare(Table.Members members) {
      members
          .value("Type", "s")
          .value("ExitType", "s")
          .value("Restart", "s")
          .value("RestartMode", "s")
          .value("PIDFile", "s")
          .value("NotifyAccess", "s")
          .value("RemainAfterExit", "b")
          .value("GuessMainPID", "b")
          .value("BusName", "s")
          .value("ReloadSignal", "i")
          .value("FileDescriptorStoreMax", "u")
          .value("OOMPolicy", "s")
          .value("Slice", "s")
          .value("ControlGroup", "s");
    }

    @Override
    public Object value(Subject subject, String property) {
      var own = own(subject);
      return switch (property) {
        case "Type" -> own == null ? "simple" : Spelling.of(own.type());
        case "ExitType" -> own == null ? "main" : Spelling.of(own.main().exitType());
        case "Restart" -> own == null ? "no" : Spelling.of(own.restart().when());
        case "RestartMode" -> own == null ? "normal" : Spelling.of(own.restart().mode());
        case "PIDFile" -> own == null ? "" : Objects.requireNonNullElse(own.main().pidFile(), "");
        case "NotifyAccess" -> own == null ? "none" : Spelling.of(own.messages().access());
        case "RemainAfterExit" -> own != null && own.main().remainAfterExit();
        case "GuessMainPID" -> own == null || own.main().guessMainPid();
        case "BusName" -> own == null ? "" : Objects.requireNonNullElse(own.main().busName(), "");
        case "ReloadSignal" -> own == null ? 1 : own.messages().reloadSignal().number();
        case "FileDescriptorStoreMax" -> own == null ? 0 : own.messages().storedDescriptors();
        case "OOMPolicy" -> "continue";
        case "Slice" -> subject.slice();
        case "ControlGroup" -> "";
        default -> throw Table.Part.unknown(property);
      };
    }
  }

  private static final class Timeouts implements Table.Part<Subject> {
    @Override
    public void declare(Table.Members members) {
      members
          .value("RestartUSec", "t")
          .value("TimeoutStartUSec", "t")
          .value("TimeoutStopUSec", "t")
          .value("TimeoutAbortUSec", "t")
          .value("RuntimeMaxUSec", "t")
          .value("WatchdogUSec", "t");
    }

    @Override
    public Object value(Subject subject, String property) {
      var own = own(subject);
      if (own == null) {
        return property.equals("RuntimeMaxUSec") ? Amounts.INFINITE : 0L;
      }
      var timeouts = own.timeouts();
      return switch (property) {
        case "RestartUSec" -> Amounts.micros(own.restart().delay());
        case "TimeoutStartUSec" -> Amounts.micros(timeouts.start());
        case "TimeoutStopUSec" -> Amounts.micros(timeouts.stop());
        case "TimeoutAbortUSec" -> Amounts.micros(timeouts.abort());
        case "RuntimeMaxUSec" -> Amounts.micros(timeouts.runtime());
        case "WatchdogUSec" -> Amounts.microsOrNone(timeouts.watchdog());
        default -> throw Table.Part.unknown(property);
      };
    }
  }

  /** The commands, by their directives. */
  private static final class Commands implements Table.Part<Subject> {
    private final Map<String, ExecStep> steps = new LinkedHashMap<>();

    Commands() {
      for (var step : ExecStep.values()) {
        if (step != ExecStep.STOP_PRE && step != ExecStep.RELOAD_POST) {
          steps.put(step.directive(), step);
        }
      }
    }

    @Override
    public void declare(Table.Members members) {
      steps.keySet().forEach(directive -> members.value(directive, "a(sasbttttuii)"));
    }

    @Override
    public Object value(Subject subject, String property) {
      var step = steps.get(property);
      if (step == null) {
        throw Table.Part.unknown(property);
      }
      var own = own(subject);
      List<CommandLine> lines = own == null ? List.of() : own.commands().of(step);
      var all = new ArrayList<Object>();
      for (int i = 0; i < lines.size(); i++) {
        all.add(ExecValues.command(lines.get(i), ran(subject, step, i, lines.size())));
      }
      return all;
    }

    /** An earlier daemon has left no more than the main process. */
    private static Optional<ServiceController.Main> ran(
        Subject subject, ExecStep step, int index, int count) {
      if (!(subject.record().controller() instanceof ServiceController service)) {
        return Optional.empty();
      }
      var ran = service.command(step, index);
      return ran.isEmpty() && step == ExecStep.START && count == 1 ? service.lastMain() : ran;
    }
  }
}
