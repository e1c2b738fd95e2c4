package org.usersvc.systemd.manage;

import java.util.Optional;
import java.util.function.Function;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.systemd.condition.Judge;
import org.usersvc.systemd.engine.Checks;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.LoadState;

/**
 * What comes before the start of a unit: the limit of its starts, its conditions and its asserts.
 *
 * <p>Source: systemd.unit(5), {@code StartLimitIntervalSec=}, "Conditions and Asserts".
 */
final class Starter {
  private final Clock clock;
  private final Judge judge;
  private final Function<UnitName, String> invocations;

  /**
   * A starter of any units.
   *
   * @param invocations makes ids for runs of units, 32 hexadecimal digits each
   */
  Starter(Clock clock, Judge judge, Function<UnitName, String> invocations) {
    this.clock = clock;
    this.judge = judge;
    this.invocations = invocations;
  }

  /** Starts a unit; the result of its job if that ends by it, empty if the controller reports. */
  Optional<JobResult> start(KnownUnit unit) {
    if (isUnderWay(unit)) {
      unit.controller().start(unit.invocation());
      return Optional.empty();
    }
    if (unit.unit().loadState() != LoadState.LOADED) {
      return Optional.of(JobResult.INVALID);
    }
    var limit = unit.unit().flags().startLimit();
    if (unit.controller().isStartLimited() && !unit.starts().take(clock.nanos(), limit)) {
      unit.controller().refuseStart();
      return Optional.of(JobResult.FAILED);
    }
    var hindrance = hindrance(unit);
    if (hindrance.isEmpty()) {
      unit.invoke(invocations.apply(unit.id()));
      unit.controller().start(unit.invocation());
    }
    return hindrance;
  }

  /** Whether it is coming up already, and its conditions were judged. */
  private static boolean isUnderWay(KnownUnit unit) {
    return unit.state().active() == ActiveState.ACTIVATING && !unit.state().restartsItself();
  }

  private Optional<JobResult> hindrance(KnownUnit unit) {
    var checks =
        new Checks(
            Optional.of(Stamps.Stamp.of(clock)),
            judge.judge(unit.unit().conditions()),
            judge.judge(unit.unit().asserts()));
    unit.check(checks);
    if (!checks.conditions().holds()) {
      return Optional.of(JobResult.DONE);
    }
    return checks.asserts().holds() ? Optional.empty() : Optional.of(JobResult.ASSERT);
  }
}
