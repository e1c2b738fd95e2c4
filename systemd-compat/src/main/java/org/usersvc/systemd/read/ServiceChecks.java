package org.usersvc.systemd.read;

import java.util.Optional;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.syntax.Flaw;
import org.usersvc.systemd.unit.MainProcessSettings.ExitType;
import org.usersvc.systemd.unit.ServiceSettings;
import org.usersvc.systemd.unit.ServiceType;

/**
 * Which services cannot be.
 *
 * <p>Source: {@code service.c:563}, {@code service_verify}.
 */
final class ServiceChecks {
  private ServiceChecks() {}

  static void check(ServiceSettings service, Section.Rest rest) {
    withoutCommand(service, !rest.successAction().equals("none"))
        .or(() -> asOneshot(service))
        .or(() -> asOther(service))
        .ifPresent(text -> rest.flaws().accept(Flaw.error(text)));
    if (service.type() == ServiceType.ONESHOT && service.timeouts().runtime() != null) {
      rest.flaws()
          .accept(
              Flaw.warning(
                  "RuntimeMaxSec= has no effect with Type=oneshot; use" + " TimeoutStartSec="));
    }
  }

  private static Optional<String> withoutCommand(ServiceSettings service, boolean hasAction) {
    var commands = service.commands();
    if (commands.has(ExecStep.START)) {
      return Optional.empty();
    }
    if (!commands.has(ExecStep.STOP) && !hasAction) {
      return Optional.of("the service has no ExecStart=, ExecStop= or SuccessAction=");
    }
    if (service.type() != ServiceType.ONESHOT) {
      return Optional.of("the service has no ExecStart=, which only Type=oneshot can lack");
    }
    if (!service.main().remainAfterExit() && !hasAction) {
      return Optional.of("the service has no ExecStart=, which needs RemainAfterExit=yes");
    }
    return Optional.empty();
  }

  private static Optional<String> asOneshot(ServiceSettings service) {
    if (service.type() != ServiceType.ONESHOT) {
      return Optional.empty();
    }
    return switch (service.restart().when()) {
      case ALWAYS, ON_SUCCESS ->
          Optional.of("Restart=always and Restart=on-success cannot be with Type=oneshot");
      case NO, ON_FAILURE, ON_ABNORMAL, ON_WATCHDOG, ON_ABORT ->
          service.main().exitType() == ExitType.CGROUP
              ? Optional.of("ExitType=cgroup cannot be with Type=oneshot")
              : Optional.empty();
    };
  }

  private static Optional<String> asOther(ServiceSettings service) {
    if (service.type() != ServiceType.ONESHOT && service.commands().of(ExecStep.START).size() > 1) {
      return Optional.of("the service has more than one ExecStart=, which needs Type=oneshot");
    }
    if (service.type() == ServiceType.DBUS && service.main().busName() == null) {
      return Optional.of("the service has Type=dbus but no BusName=");
    }
    return Optional.empty();
  }
}
