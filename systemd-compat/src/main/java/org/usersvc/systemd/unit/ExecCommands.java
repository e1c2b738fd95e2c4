package org.usersvc.systemd.unit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The commands of a unit by what they are for, in the order of the file. Immutable. */
public record ExecCommands(Map<ExecStep, List<ExecCommand>> all) {
  public static final ExecCommands NONE = new ExecCommands(Map.of());

  public ExecCommands {
    var copy = new EnumMap<ExecStep, List<ExecCommand>>(ExecStep.class);
    all.forEach((step, commands) -> copy.put(step, List.copyOf(commands)));
    all = Map.copyOf(copy);
  }

  /** The commands of a step, perhaps none. */
  public List<ExecCommand> of(ExecStep step) {
    return all.getOrDefault(step, List.of());
  }

  /** Whether the step has a command. */
  public boolean has(ExecStep step) {
    return !of(step).isEmpty();
  }
}
