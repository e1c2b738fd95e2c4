package org.usersvc.systemd.read;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.KillPart;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.SlicePart;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.unit.ScopeSettings;
import org.usersvc.systemd.unit.ServiceTimeouts;
import org.usersvc.systemd.unit.Settings;

/** The section {@code [Scope]}. */
final class ScopeSection implements Part, Section {
  private @Nullable Duration timeoutStop = ServiceTimeouts.DEFAULT;
  private @Nullable Duration runtimeMax;
  private final KillPart kill = new KillPart();
  private final SlicePart slice = new SlicePart();

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "TimeoutStopSec" -> value.timeout(read -> timeoutStop = read);
      case "RuntimeMaxSec" -> value.timeout(read -> runtimeMax = read);
      default -> {
        return false;
      }
    }
    return true;
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
