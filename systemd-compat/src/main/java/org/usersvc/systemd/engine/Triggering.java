package org.usersvc.systemd.engine;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.usersvc.systemd.service.ServiceResult;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;

/**
 * What sockets, timers and paths do with the unit that they start. <b>Loop thread only.</b>
 *
 * @param own the unit that starts the other one
 * @param warn takes trouble that the daemon survives
 */
public record Triggering(Supplier<UnitName> own, Manager manager, Consumer<String> warn) {
  /** Whether the unit cannot be started, as it is not loaded; that is warned of. */
  public boolean isImpossible(UnitName unit) {
    var found = manager.load(unit).unit();
    boolean isMissing = found.loadState() != LoadState.LOADED;
    if (isMissing) {
      warn(found.id() + " is not loaded");
    }
    return isMissing;
  }

  /** Requests the start of the unit; false if that is refused, which is warned of. */
  public boolean start(UnitName unit) {
    if (manager.trigger(unit) instanceof Asked.Refused(var reason)) {
      warn("cannot start its unit: " + reason.message());
      return false;
    }
    return true;
  }

  /** Whether the unit has no job, so that its state is what has become of it. */
  public boolean isSettled(UnitRecord unit) {
    return manager.jobOf(unit.unit().id()).isEmpty();
  }

  /** Whether the unit is a service that was started too often. */
  public static boolean isLimited(UnitRecord unit) {
    return unit.controller() instanceof ServiceController run
        && run.result() == ServiceResult.START_LIMIT_HIT;
  }

  /** Warns in the name of the unit that starts the other one. */
  public void warn(String text) {
    warn.accept(own.get() + ": " + text);
  }
}
