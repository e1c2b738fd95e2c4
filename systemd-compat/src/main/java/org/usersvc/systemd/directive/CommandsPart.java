package org.usersvc.systemd.directive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.usersvc.systemd.exec.ExecCommands;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.syntax.CommandLine;

/** The command lines of a unit. An empty value forgets the lines before it. */
public final class CommandsPart implements Part {
  private final List<ExecStep> steps;
  private final Map<ExecStep, List<CommandLine>> commands = new EnumMap<>(ExecStep.class);

  public CommandsPart(ExecStep... steps) {
    this.steps = List.of(steps);
  }

  @Override
  public boolean take(Value value) {
    for (var step : steps) {
      if (step.directive().equals(value.key())) {
        add(step, value);
        return true;
      }
    }
    return false;
  }

  private void add(ExecStep step, Value value) {
    if (value.isEmpty()) {
      commands.remove(step);
    } else {
      commands.computeIfAbsent(step, _ -> new ArrayList<>()).addAll(value.commands());
    }
  }

  public ExecCommands commands() {
    return new ExecCommands(commands);
  }
}
