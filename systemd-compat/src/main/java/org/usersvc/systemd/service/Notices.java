package org.usersvc.systemd.service;

import java.util.Optional;
import java.util.Set;
import org.usersvc.systemd.unit.NotifySettings.Access;

/** Messages of a service: whose count, and what they say. Source: sd_notify(3). */
public final class Notices {
  private Notices() {}

  /**
   * Whether a message counts.
   *
   * @param sender the pid of a process of the unit
   */
  public static boolean isAccepted(Access access, ServiceState state, int sender) {
    boolean main = state.pid(Slot.MAIN) == sender;
    return switch (access) {
      case NONE -> false;
      case MAIN -> main;
      case EXEC -> main || state.pid(Slot.CONTROL) == sender;
      case ALL -> true;
    };
  }

  /**
   * What a message says about the service: STOPPING wins over READY, READY over RELOADING.
   *
   * @param assignments its lines, such as {@code READY=1}
   */
  public static Optional<Progress> progress(Set<String> assignments) {
    if (assignments.contains("STOPPING=1")) {
      return Optional.of(Progress.STOPPING);
    }
    if (assignments.contains("READY=1")) {
      return Optional.of(Progress.READY);
    }
    return assignments.contains("RELOADING=1") ? Optional.of(Progress.RELOADING) : Optional.empty();
  }
}
