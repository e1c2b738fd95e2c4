package org.usersvc.systemd.directive;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.KillSettings;

/** How processes are ended: systemd.kill(5). */
public final class KillPart implements Part {
  private KillSettings.Mode mode = KillSettings.DEFAULT.mode();
  private Signal signal = KillSettings.DEFAULT.signal();
  private @Nullable Signal restartSignal;
  private boolean sendsHangup = KillSettings.DEFAULT.sendsHangup();
  private boolean sendsFinalKill = KillSettings.DEFAULT.sendsFinalKill();
  private Signal finalSignal = KillSettings.DEFAULT.finalSignal();
  private Signal watchdogSignal = KillSettings.DEFAULT.watchdogSignal();

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "KillMode" -> value.word(KillSettings.Mode.class, word -> mode = word);
      case "KillSignal" -> value.signal(read -> signal = read);
      case "RestartKillSignal" -> value.signal(read -> restartSignal = read);
      case "SendSIGHUP" -> value.bool(read -> sendsHangup = read);
      case "SendSIGKILL" -> value.bool(read -> sendsFinalKill = read);
      case "FinalKillSignal" -> value.signal(read -> finalSignal = read);
      case "WatchdogSignal" -> value.signal(read -> watchdogSignal = read);
      default -> {
        return false;
      }
    }
    return true;
  }

  public KillSettings settings() {
    return new KillSettings(
        mode,
        signal,
        restartSignal == null ? signal : restartSignal,
        sendsHangup,
        sendsFinalKill,
        finalSignal,
        watchdogSignal);
  }
}
