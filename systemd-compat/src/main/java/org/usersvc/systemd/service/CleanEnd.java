package org.usersvc.systemd.service;

import java.util.Set;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.syntax.ExitStatuses;
import org.usersvc.systemd.unit.ServiceType;

/**
 * Which ends of processes are good ones, and what the others make the result.
 *
 * <p>Source: systemd.service(5), {@code SuccessExitStatus=} and {@code ExecCondition=}.
 */
final class CleanEnd {
  private static final Set<Integer> POLITE_SIGNALS =
      Set.of(Signal.HUP.number(), Signal.INT.number(), Signal.TERM.number(), Signal.PIPE.number());

  /** The highest exit code by which a condition says no; 255 is a failure. */
  private static final int LAST_NO = 254;

  private CleanEnd() {}

  /** The result that the end of a main process makes. */
  static ServiceResult ofMain(ExitStatus status, ServiceRules rules) {
    boolean polite = rules.type() != ServiceType.ONESHOT;
    return polite && POLITE_SIGNALS.contains(status.signal())
        ? ServiceResult.SUCCESS
        : of(status, rules.service().main().successStatus());
  }

  /** The result that the end of a command makes. */
  static ServiceResult ofCommand(ExecStep step, ExitStatus status, ServiceRules rules) {
    if (step != ExecStep.CONDITION) {
      return of(status, ExitStatuses.NONE);
    }
    var result = of(status, rules.service().main().successStatus());
    boolean no = status.code() > 0 && status.code() <= LAST_NO;
    return result == ServiceResult.EXIT_CODE && no ? ServiceResult.EXEC_CONDITION : result;
  }

  private static ServiceResult of(ExitStatus status, ExitStatuses good) {
    if (status.success() || good.contains(status)) {
      return ServiceResult.SUCCESS;
    }
    if (status.signal() == 0) {
      return ServiceResult.EXIT_CODE;
    }
    return status.core() ? ServiceResult.CORE_DUMP : ServiceResult.SIGNAL;
  }
}
