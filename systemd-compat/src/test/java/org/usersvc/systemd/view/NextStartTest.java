package org.usersvc.systemd.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.elapse.TriggerFixture;
import org.usersvc.systemd.engine.TimerController;
import org.usersvc.systemd.syntax.UnitName;

/** It is 3:04:05. */
final class NextStartTest {
  @TempDir private Path root;
  private TriggerFixture units;

  @BeforeEach
  void begin() {
    units = new TriggerFixture(root);
  }

  private Optional<String> next(String... lines) {
    units.unit("a.timer", "[Timer]\n" + String.join("\n", lines));
    units.start("a.timer");
    var timer = (TimerController) units.manager.load(UnitName.of("a.timer")).controller();
    units.clock.advance(Duration.ofMillis(500));
    return NextStart.of(timer, units.clock);
  }

  @Test
  void isRoundedUpToSeconds() {
    assertThat(next("OnCalendar=04:00")).contains("next start in 55min 55s");
  }

  @Test
  void isTheEarlierOneOfBothClocks() {
    assertThat(next("OnCalendar=04:00", "OnActiveSec=10s")).contains("next start in 10s");
  }

  @Test
  void isNotThereForATimerThatWaitsForNoTime() {
    assertThat(next("OnCalendar=2001-01-01")).isEmpty();
  }

  @Test
  void isNowIfTheTimeIsOver() {
    assertThat(next("OnActiveSec=100ms")).contains("starts now");
  }
}
