package org.usersvc.systemd.directive;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.KillSettings;

/** How processes are ended: systemd.kill(5). */
public final class KillPart extends Part {
  private KillSettings.Mode mode = KillSettings.DEFAULT.mode();
  private Signal signal = KillSettings.DEFAULT.signal();
  private @Nullable Signal restartSignal;
  private boolean sendsHangup = KillSettings.DEFAULT.sendsHangup();
  private boolean sendsFinalKill = KillSettings.DEFAULT.sendsFinalKill();
  private Signal finalSignal = KillSettings.DEFAULT.finalSignal();
  private Signal watchdogSignal = KillSettings.DEFAULT.watchdogSignal();

  public KillPart() {
    on("KillMode", value -> value.word(KillSettings.Mode.class, word -> mode = word));
    on("KillSignal", value -> value.signal(read -> signal = read));
    on("RestartKillSignal", value -> value.signal(read -> restartSignal = read));
    on("SendSIGHUP", value -> value.bool(read -> sendsHangup = read));
    on("SendSIGKILL", value -> value.bool(read -> sendsFinalKill = read));
    on("FinalKillSignal", value -> value.signal(read -> finalSignal = read));
    on("WatchdogSignal", value -> value.signal(read -> watchdogSignal = read));
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
