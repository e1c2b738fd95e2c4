package org.usersvc.systemd.exec;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.usersvc.systemd.syntax.CommandLine;

/** The commands of a unit by what they are for, in the order of the file. Immutable. */
public record ExecCommands(Map<ExecStep, List<CommandLine>> all) {
  public static final ExecCommands NONE = new ExecCommands(Map.of());

  public ExecCommands {
    var copy = new EnumMap<ExecStep, List<CommandLine>>(ExecStep.class);
    all.forEach((step, commands) -> copy.put(step, List.copyOf(commands)));
    all = Map.copyOf(copy);
  }

  /** The commands of a step, perhaps none. */
  public List<CommandLine> of(ExecStep step) {
    return all.getOrDefault(step, List.of());
  }

  /** Whether the step has a command. */
  public boolean has(ExecStep step) {
    return !of(step).isEmpty();
  }
}
