package org.usersvc.systemd.install;

import java.util.List;

/**
 * The answer to enabling.
 *
 * @param carriesInstallInfo whether any of the units can be enabled at all
 * @param changes in the order in which they were made
 */
public record Outcome(boolean carriesInstallInfo, List<Change> changes) {
  public Outcome {
    changes = List.copyOf(changes);
  }
}
