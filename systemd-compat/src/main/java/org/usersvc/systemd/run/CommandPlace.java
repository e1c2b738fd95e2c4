package org.usersvc.systemd.run;

import java.util.List;
import org.usersvc.systemd.service.Phase;
import org.usersvc.systemd.syntax.CommandLine;

/** The place of a command in its step. */
final class CommandPlace {
  private CommandPlace() {}

  /** The index that the phase knows, unless that one is another command; -1 if it is not there. */
  static int of(CommandLine command, List<CommandLine> all, Phase phase) {
    int here = current(phase);
    boolean same = here >= 0 && here < all.size() && all.get(here).equals(command);
    return same ? here : all.indexOf(command);
  }

  private static int current(Phase phase) {
    return switch (phase) {
      case Phase.Starting starting -> starting.command();
      case Phase.Reload(int index) -> index;
      case Phase.ReloadPost(int index) -> index;
      case Phase.Stop(int index) -> index;
      case Phase.StopPost(int index) -> index;
      case Phase.Down _, Phase.Up _, Phase.Killing _ -> -1;
      case Phase.ReloadSignal _, Phase.ReloadNotify _ -> -1;
    };
  }
}
