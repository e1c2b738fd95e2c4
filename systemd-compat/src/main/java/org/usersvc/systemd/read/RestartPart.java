package org.usersvc.systemd.read;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.syntax.ExitStatuses;
import org.usersvc.systemd.unit.RestartSettings;
import org.usersvc.systemd.unit.RestartSettings.Mode;
import org.usersvc.systemd.unit.RestartSettings.When;

/** Whether and when a service starts again by itself. */
final class RestartPart implements Part {
  private When when = RestartSettings.NO.when();
  private @Nullable Duration delay = RestartSettings.NO.delay();
  private int steps = RestartSettings.NO.steps();
  private @Nullable Duration longestDelay = RestartSettings.NO.longestDelay();
  private Mode mode = RestartSettings.NO.mode();
  private ExitStatuses prevent = ExitStatuses.NONE;
  private ExitStatuses force = ExitStatuses.NONE;

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "Restart" -> value.word(When.class, word -> when = word);
      case "RestartSec" -> value.span(read -> delay = read);
      case "RestartSteps" -> value.count(0, read -> steps = read);
      case "RestartMaxDelaySec" -> value.span(read -> longestDelay = read);
      case "RestartMode" -> value.word(Mode.class, word -> mode = word);
      case "RestartPreventExitStatus" -> prevent = value.exits(prevent);
      case "RestartForceExitStatus" -> force = value.exits(force);
      default -> {
        return false;
      }
    }
    return true;
  }

  RestartSettings settings() {
    return new RestartSettings(when, delay, steps, longestDelay, mode, prevent, force);
  }
}
