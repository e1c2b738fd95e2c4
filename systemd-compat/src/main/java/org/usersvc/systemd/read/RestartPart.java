package org.usersvc.systemd.read;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.syntax.ExitStatuses;
import org.usersvc.systemd.unit.RestartSettings;
import org.usersvc.systemd.unit.RestartSettings.Mode;
import org.usersvc.systemd.unit.RestartSettings.When;

/** Whether and when a service starts again by itself. */
final class RestartPart extends Part {
  private When when = RestartSettings.NO.when();
  private @Nullable Duration delay = RestartSettings.NO.delay();
  private int steps = RestartSettings.NO.steps();
  private @Nullable Duration longestDelay = RestartSettings.NO.longestDelay();
  private Mode mode = RestartSettings.NO.mode();
  private ExitStatuses prevent = ExitStatuses.NONE;
  private ExitStatuses force = ExitStatuses.NONE;

  RestartPart() {
    on("Restart", value -> value.word(When.class, word -> when = word));
    on("RestartSec", value -> value.span(read -> delay = read));
    on("RestartSteps", value -> value.count(0, read -> steps = read));
    on("RestartMaxDelaySec", value -> value.span(read -> longestDelay = read));
    on("RestartMode", value -> value.word(Mode.class, word -> mode = word));
    on("RestartPreventExitStatus", value -> prevent = value.exits(prevent));
    on("RestartForceExitStatus", value -> force = value.exits(force));
  }

  RestartSettings settings() {
    return new RestartSettings(when, delay, steps, longestDelay, mode, prevent, force);
  }
}
