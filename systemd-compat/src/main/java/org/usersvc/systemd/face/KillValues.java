package org.usersvc.systemd.face;

import java.util.function.Function;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.unit.Spelling;

/** How processes are ended, as services and scopes show it. */
final class KillValues implements Table.Part<Subject> {
  private final Function<Subject, KillSettings> of;

  KillValues(Function<Subject, KillSettings> of) {
    this.of = of;
  }

  @Override
  public void declare(Table.Members members) {
    members
        .value("KillMode", "s")
        .value("KillSignal", "i")
        .value("RestartKillSignal", "i")
        .value("FinalKillSignal", "i")
        .value("WatchdogSignal", "i")
        .value("SendSIGKILL", "b")
        .value("SendSIGHUP", "b");
  }

  @Override
  public Object value(Subject subject, String property) {
    var kill = of.apply(subject);
    return switch (property) {
      case "KillMode" -> Spelling.of(kill.mode());
      case "KillSignal" -> kill.signal().number();
      case "RestartKillSignal" -> kill.restartSignal().number();
      case "FinalKillSignal" -> kill.finalSignal().number();
      case "WatchdogSignal" -> kill.watchdogSignal().number();
      case "SendSIGKILL" -> kill.sendsFinalKill();
      case "SendSIGHUP" -> kill.sendsHangup();
      default -> throw Table.Part.unknown(property);
    };
  }
}
