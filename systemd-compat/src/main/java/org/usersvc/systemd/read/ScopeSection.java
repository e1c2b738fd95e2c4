package org.usersvc.systemd.read;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.KillPart;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.SlicePart;
import org.usersvc.systemd.unit.ScopeSettings;
import org.usersvc.systemd.unit.ServiceTimeouts;
import org.usersvc.systemd.unit.Settings;

/** The section {@code [Scope]}. */
final class ScopeSection extends Part implements Section {
  private @Nullable Duration timeoutStop = ServiceTimeouts.DEFAULT;
  private @Nullable Duration runtimeMax;
  private final KillPart kill = new KillPart();
  private final SlicePart slice = new SlicePart();

  ScopeSection() {
    on("TimeoutStopSec", value -> value.timeout(read -> timeoutStop = read));
    on("RuntimeMaxSec", value -> value.timeout(read -> runtimeMax = read));
  }

  @Override
  public List<Part> parts() {
    return List.of(this, kill, slice);
  }

  @Override
  public Settings settings(Rest rest) {
    slice.addTo(rest.dependencies());
    return new ScopeSettings(kill.settings(), timeoutStop, runtimeMax);
  }
}
