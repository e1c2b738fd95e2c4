package org.usersvc.systemd.elapse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.engine.TimerController;
import org.usersvc.systemd.syntax.UnitName;

/** Timers on the clocks of the daemon. It is 3:04:05 of the second of January. */
final class TimerRunnerTest {
  @TempDir private Path root;
  private TriggerFixture units;

  @BeforeEach
  void begin() {
    units = new TriggerFixture(root);
  }

  private TriggerFixture timer(String... lines) {
    return units.unit("a.timer", "[Timer]\n" + String.join("\n", lines));
  }

  private TimerController timer() {
    return (TimerController) units.manager.load(UnitName.of("a.timer")).controller();
  }

  private Path stamp() {
    return root.resolve("data/systemd/timers/stamp-a.timer");
  }

  /** Case k06. */
  @Test
  void startsItsUnitOnceAfterItsOwnStart() {
    timer("OnActiveSec=1s");
    assertThat(units.start("a.timer")).isEqualTo("done");
    assertThat(units.state("a.timer")).isEqualTo("active/waiting");
    units.advance(Duration.ofMillis(999));
    assertThat(units.target().starts()).isZero();
    units.advance(Duration.ofMillis(1));
    assertThat(units.target().starts()).isEqualTo(1);
    assertThat(units.state("a.timer")).isEqualTo("active/running");
    units.targetEnds();
    assertThat(units.state("a.timer")).isEqualTo("active/elapsed");
    assertThat(units.stop("a.timer")).isEqualTo("done");
    assertThat(units.state("a.timer")).isEqualTo("-");
  }

  @Test
  void waitsForAnotherTimerWithinItsAccuracy() {
    timer("OnActiveSec=30s", "AccuracySec=10s");
    units.unit("b.timer", "[Timer]\nOnActiveSec=38s\nUnit=a.service");
    units.start("a.timer");
    units.start("b.timer");
    units.advance(Duration.ofSeconds(37));
    assertThat(units.target().starts()).isZero();
    units.advance(Duration.ofSeconds(1));
    assertThat(units.state("a.timer")).isEqualTo("active/running");
    assertThat(units.state("b.timer")).isEqualTo("active/running");
  }

  @Test
  void isNotLateForATimerThatWasStopped() {
    timer("OnActiveSec=30s", "AccuracySec=10s");
    units.unit("b.timer", "[Timer]\nOnActiveSec=38s\nUnit=a.service");
    units.start("a.timer");
    units.start("b.timer");
    units.advance(Duration.ofSeconds(31));
    units.stop("b.timer");
    units.advance(Duration.ZERO);
    assertThat(units.target().starts()).isEqualTo(1);
  }

  @Test
  void calendarsShareWakeUps() {
    timer("OnCalendar=04:00:00", "AccuracySec=1min");
    units.unit("b.timer", "[Timer]\nOnCalendar=04:00:50\nUnit=a.service\nAccuracySec=1us");
    units.start("a.timer");
    units.start("b.timer");
    assertThat(units.poller.dayTimer().at()).isEqualTo("2026-01-02T04:00:50Z");
    units.stop("b.timer");
    assertThat(units.poller.dayTimer().at()).isEqualTo("2026-01-02T04:00:00Z");
  }

  @Test
  void repeatsByTheLastRunOfItsUnit() {
    timer("OnActiveSec=0", "OnUnitActiveSec=10min");
    units.start("a.timer");
    assertThat(units.target().starts()).isEqualTo(1);
    units.advance(Duration.ofMinutes(4));
    units.targetEnds();
    units.advance(Duration.ofMinutes(5));
    assertThat(units.target().starts()).isEqualTo(1);
    units.advance(Duration.ofMinutes(1));
    assertThat(units.target().starts()).isEqualTo(2);
  }

  @Test
  void elapsesByTheCalendarWithoutAnyTimerOfTheLoop() {
    timer("OnCalendar=04:00");
    units.start("a.timer");
    assertThat(units.poller.dayTimer().at()).isEqualTo("2026-01-02T04:00:00Z");
    units.advance(Duration.ofHours(1));
    assertThat(units.target().starts()).isEqualTo(1);
    units.targetEnds();
    assertThat(timer().nextByDay()).contains(Instant.parse("2026-01-03T04:00:00Z"));
    units.stop("a.timer");
    assertThat(units.poller.dayTimer().at()).isNull();
  }

  @Test
  void followsAClockThatIsSet() {
    timer("OnCalendar=04:00");
    units.start("a.timer");
    units.clock.set(Instant.parse("2026-01-02T04:30:00Z"));
    units.poller.dayTimer().clockSet();
    units.settle();
    assertThat(units.target().starts()).isEqualTo(1);
    units.targetEnds();
    units.clock.set(Instant.parse("2026-01-02T01:00:00Z"));
    units.poller.dayTimer().clockSet();
    units.settle();
    assertThat(timer().nextByDay()).contains(Instant.parse("2026-01-02T04:00:00Z"));
  }

  @Test
  void aChangeOfTheClockIsAnOccasionIfThatIsAsked() {
    timer("OnClockChange=yes");
    units.start("a.timer");
    units.poller.dayTimer().clockSet();
    units.settle();
    assertThat(units.target().starts()).isEqualTo(1);
  }

  @Test
  void aDayWithAClockThatJumpsCostsOneWakeUpForEachHour() {
    timer("OnCalendar=hourly");
    units.start("a.timer");
    for (int i = 0; i < 24 * 60; i++) {
      units.advance(Duration.ofMinutes(1));
      if (units.state("a.service").equals("active/running")) {
        units.targetEnds();
      }
    }
    assertThat(units.target().starts()).isEqualTo(24);
    assertThat(units.poller.dayTimer().settings()).isLessThan(80);
    units.clock.set(units.clock.wall().plus(Duration.ofDays(3)));
    units.poller.dayTimer().clockSet();
    units.settle();
    assertThat(units.target().starts()).isEqualTo(25);
  }

  @Test
  void whatAPersistentTimerMissedIsMadeUpForByItsFile() throws Exception {
    timer("OnCalendar=daily", "Persistent=yes");
    units.start("a.timer");
    assertThat(units.target().starts()).isZero();
    assertThat(stamp()).exists();
    units.stop("a.timer");
    Files.setLastModifiedTime(stamp(), FileTime.from(Instant.parse("2026-01-01T12:00:00Z")));
    units.start("a.timer");
    assertThat(units.target().starts()).isEqualTo(1);
    assertThat(timer().lastByDay()).contains(units.clock.wall());
    assertThat(Files.getLastModifiedTime(stamp()).toInstant())
        .isAfter(Instant.parse("2026-01-01T12:00:00Z"));
  }

  @Test
  void aFileFromTheFutureIsIgnored() throws Exception {
    timer("OnCalendar=daily", "Persistent=yes");
    units.start("a.timer");
    units.stop("a.timer");
    Files.setLastModifiedTime(stamp(), FileTime.from(Instant.parse("2100-01-01T12:00:00Z")));
    units.start("a.timer");
    assertThat(units.warnings).anyMatch(line -> line.contains("future"));
    assertThat(timer().nextByDay()).contains(Instant.parse("2026-01-03T00:00:00Z"));
  }

  @Test
  void aTimerWithoutItsUnitCannotStart() {
    timer("OnCalendar=daily", "Unit=missing.service");
    assertThat(units.start("a.timer")).isEqualTo("failed");
    assertThat(units.warnings).anyMatch(line -> line.contains("missing.service"));
  }

  @Test
  void oneWhoseUnitIsGoneFailsWhenItElapses() {
    timer("OnActiveSec=1");
    units.start("a.timer");
    units.unit("x.timer", "[Timer]");
    units.tree.file(units.tree.config() + "/a.service", "[Service]\n");
    units.manager.reload(() -> {});
    units.settle();
    units.advance(Duration.ofSeconds(1));
    assertThat(units.state("a.timer")).isEqualTo("failed/failed");
    assertThat(timer().result()).isEqualTo("resources");
  }

  @Test
  void delaysAreThrownAgainUnlessTheyAreFixed() {
    timer("OnCalendar=hourly", "RandomizedDelaySec=30min");
    units.start("a.timer");
    var first = timer().nextByDay();
    units.stop("a.timer");
    units.start("a.timer");
    assertThat(timer().nextByDay()).isNotEqualTo(first);
    timer("OnCalendar=hourly", "RandomizedDelaySec=30min", "FixedRandomDelay=yes");
    units.manager.reload(() -> {});
    units.settle();
    units.stop("a.timer");
    units.start("a.timer");
    var fixed = timer().nextByDay();
    units.stop("a.timer");
    units.start("a.timer");
    assertThat(timer().nextByDay()).isEqualTo(fixed);
    assertThat(fixed.orElseThrow()).isAfter(Instant.parse("2026-01-02T04:00:00Z"));
  }

  @Test
  void theNextDaemonGoesOnToWait() throws Exception {
    timer("OnActiveSec=1h", "OnCalendar=04:00");
    units.start("a.timer");
    var record = units.record("a.timer");
    var before = timer().nextByNanos();
    var next = new TriggerFixture(root);
    next.clock.advance(Duration.ofMinutes(10));
    next.resume("a.timer", record);
    var timer = (TimerController) next.manager.load(UnitName.of("a.timer")).controller();
    assertThat(timer.state().sub()).isEqualTo("waiting");
    assertThat(timer.nextByNanos()).isEqualTo(before);
    assertThat(timer.nextByDay()).contains(Instant.parse("2026-01-02T04:00:00Z"));
    assertThat(timer.nextOfEach()).hasSize(2);
    next.advance(Duration.ofMinutes(50));
    assertThat(next.target().starts()).isEqualTo(1);
    assertThat(next.record("a.timer").text()).isNotEqualTo(record.text());
  }

  @Test
  void whatElapsedWhileNoDaemonLivedIsMadeUpFor() throws Exception {
    timer("OnCalendar=04:00");
    units.start("a.timer");
    var next = new TriggerFixture(root);
    next.clock.advance(Duration.ofHours(5));
    next.resume("a.timer", units.record("a.timer"));
    next.settle();
    assertThat(next.target().starts()).isEqualTo(1);
  }

  @Test
  void aUnitThatEndedWhileNoDaemonLivedIsWaitedForAgain() throws Exception {
    timer("OnActiveSec=0", "OnCalendar=04:00");
    units.start("a.timer");
    assertThat(units.state("a.timer")).isEqualTo("active/running");
    var next = new TriggerFixture(root);
    next.resume("a.timer", units.record("a.timer"));
    var timer = next.manager.load(UnitName.of("a.timer")).controller();
    assertThat(List.of(timer.state().sub())).containsExactly("waiting");
  }
}
