package org.usersvc.systemd.run;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.ExecCommands;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.service.Phase;
import org.usersvc.systemd.service.ServiceRules;
import org.usersvc.systemd.unit.MainProcessSettings;
import org.usersvc.systemd.unit.NotifySettings;
import org.usersvc.systemd.unit.RestartSettings;
import org.usersvc.systemd.unit.ServiceSettings;
import org.usersvc.systemd.unit.ServiceTimeouts;
import org.usersvc.systemd.unit.ServiceType;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.Unit;

/**
 * What a service's unit says now. Files that are read anew while commands run count from the end of
 * their step on; a unit that is no more keeps what it was. <b>Loop thread only.</b>
 */
final class ServiceSettingsNow {
  /** Those of a unit that is not loaded, and never starts. */
  private static final Settings.Service NOTHING =
      new Settings.Service(
          new ServiceSettings(
              ServiceType.SIMPLE,
              MainProcessSettings.DEFAULT,
              new ExecCommands(Map.of()),
              NotifySettings.DEFAULT,
              RestartSettings.NO,
              ServiceTimeouts.defaults(ServiceType.SIMPLE)),
          ExecSettings.DEFAULT,
          KillSettings.DEFAULT);

  private Settings.Service settings = NOTHING;
  private ServiceRules rules = new ServiceRules(NOTHING.own(), NOTHING.kill());

  /** Read anew, to count later. */
  private Settings.@Nullable Service next;

  /** What the service wants instead of {@code WatchdogSec=}. */
  private @Nullable Duration watchdog;

  ServiceSettingsNow(Unit unit) {
    adopt(unit);
    settle(new Phase.Dead());
  }

  ServiceSettings own() {
    return settings.own();
  }

  ExecSettings exec() {
    return settings.exec();
  }

  ServiceRules rules() {
    return rules;
  }

  /** The unit was read anew. */
  void adopt(Unit unit) {
    if (unit.settings() instanceof Settings.Service read) {
      next = read;
    }
  }

  /** Lets what was read anew count, unless commands run in that phase. */
  void settle(Phase phase) {
    if (next != null && isBetweenCommands(phase)) {
      settings = next;
      next = null;
      compose();
    }
  }

  private static boolean isBetweenCommands(Phase phase) {
    return switch (phase) {
      case Phase.Down _, Phase.Up _, Phase.Killing _ -> true;
      case Phase.ReloadSignal _, Phase.ReloadNotify _ -> true;
      case Phase.Starting _, Phase.Reload _, Phase.ReloadPost _ -> false;
      case Phase.Stop _, Phase.StopPost _ -> false;
    };
  }

  /** The service wants signs of life that often until its next start; zero: never. */
  void watchdogEvery(Duration every) {
    watchdog = every;
    compose();
  }

  /** What the service wants instead of {@code WatchdogSec=}; null: nothing. */
  @Nullable Duration wanted() {
    return watchdog;
  }

  /** Forgets what the service wanted. */
  void reset() {
    watchdog = null;
    compose();
  }

  /** The time between two signs of life; null: they are not expected. */
  @Nullable Duration watchdog() {
    return rules.service().timeouts().watchdog();
  }

  private void compose() {
    var own = settings.own();
    var old = own.timeouts();
    var every = watchdog == null ? old.watchdog() : watchdog;
    var timeouts =
        new ServiceTimeouts(
            old.start(),
            old.stop(),
            old.abort(),
            old.runtime(),
            every == null || every.isZero() ? null : every,
            old.onStart(),
            old.onStop());
    rules =
        new ServiceRules(
            new ServiceSettings(
                own.type(), own.main(), own.commands(), own.messages(), own.restart(), timeouts),
            settings.kill());
  }
}
