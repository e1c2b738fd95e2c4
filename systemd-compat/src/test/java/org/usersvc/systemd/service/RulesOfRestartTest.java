package org.usersvc.systemd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.syntax.ExitStatuses;
import org.usersvc.systemd.unit.RestartSettings;
import org.usersvc.systemd.unit.RestartSettings.Mode;
import org.usersvc.systemd.unit.RestartSettings.When;

/** The table of {@code Restart=} and the delays. */
final class RulesOfRestartTest {
  private static Set<When> restartedOn(ServiceResult result) {
    var all = EnumSet.allOf(When.class);
    all.removeIf(when -> !RestartRule.restarts(when, result));
    return all;
  }

  @Test
  void isTheTableOfTheManual() {
    assertThat(restartedOn(ServiceResult.SUCCESS)).containsOnly(When.ALWAYS, When.ON_SUCCESS);
    assertThat(restartedOn(ServiceResult.EXIT_CODE)).containsOnly(When.ALWAYS, When.ON_FAILURE);
    for (var result : new ServiceResult[] {ServiceResult.SIGNAL, ServiceResult.CORE_DUMP}) {
      assertThat(restartedOn(result))
          .containsOnly(When.ALWAYS, When.ON_FAILURE, When.ON_ABNORMAL, When.ON_ABORT);
    }
    assertThat(restartedOn(ServiceResult.TIMEOUT))
        .containsOnly(When.ALWAYS, When.ON_FAILURE, When.ON_ABNORMAL);
    assertThat(restartedOn(ServiceResult.WATCHDOG))
        .containsOnly(When.ALWAYS, When.ON_FAILURE, When.ON_ABNORMAL, When.ON_WATCHDOG);
    assertThat(restartedOn(ServiceResult.EXEC_CONDITION)).isEmpty();
  }

  @Test
  void delaysGrowToTheLongest() {
    var settings =
        new RestartSettings(
            When.ALWAYS,
            Duration.ofSeconds(1),
            2,
            Duration.ofSeconds(100),
            Mode.NORMAL,
            ExitStatuses.NONE,
            ExitStatuses.NONE);
    assertThat(RestartRule.delay(settings, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RestartRule.delay(settings, 1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(RestartRule.delay(settings, 2)).isEqualTo(Duration.ofSeconds(100));
    assertThat(RestartRule.delay(settings, 9)).isEqualTo(Duration.ofSeconds(100));
  }
}
