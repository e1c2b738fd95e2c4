package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.daemon.supervise.TreeFixture.FAILED;
import static org.usersvc.daemon.supervise.TreeFixture.FINE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.lifecycle.Command;

/** Services that start by the clock, or when a path changes. */
final class TriggersTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void begin() throws IOException {
    tree = new TreeFixture(root);
  }

  @AfterEach
  void close() {
    tree.close();
  }

  private Path scheduled(String name, String lines) throws IOException {
    var directory = tree.service(name);
    Files.writeString(directory.resolve("schedule"), lines);
    return directory;
  }

  private Path watching(String name, String lines) throws IOException {
    var directory = tree.service(name);
    Files.writeString(directory.resolve("watch"), lines);
    return directory;
  }

  private String said() {
    return tree.messages.warnings() + " " + tree.messages.news();
  }

  private boolean runs(String name) {
    return tree.processes.living().contains(name + "/run");
  }

  private String state(String name) {
    return tree.find(name).view().state();
  }

  /** Waits for the next alarm by the clock. */
  private void toNextAlarm() {
    var at = Objects.requireNonNull(tree.poller.dayTimer().at());
    tree.advance(Duration.between(tree.clock.wall(), at));
  }

  private void setClock(Instant time) {
    tree.clock.set(time);
    tree.poller.dayTimer().clockSet();
    tree.settle();
  }

  @Test
  void startsAtItsTimesOnlyAndRunsToItsEnd() throws IOException {
    scheduled("foo", "*:10 UTC\n");
    tree.start();
    assertThat(runs("foo")).isFalse();
    tree.advance(Duration.ofSeconds(354));
    assertThat(runs("foo")).isFalse();
    assertThat(tree.find("foo").view().why()).isEqualTo("next start in 1s");
    tree.advance(Duration.ofSeconds(1));
    assertThat(runs("foo")).isTrue();
    tree.exit("foo/run", FINE);
    assertThat(state("foo")).isEqualTo("down");
    assertThat(tree.find("foo").view().why()).isEqualTo("next start in 1h");
    tree.advance(Duration.ofMinutes(59));
    assertThat(runs("foo")).isFalse();
    tree.advance(MINUTE);
    assertThat(runs("foo")).isTrue();
    tree.exit("foo/run", FAILED);
    assertThat(state("foo")).isEqualTo("failed");
    toNextAlarm();
    assertThat(runs("foo")).isTrue();
  }

  @Test
  void aOneshotRunsEachTimeAndACommandRunsItNow() throws IOException {
    Files.writeString(scheduled("foo", "every 1h\n").resolve("type"), "oneshot\n");
    tree.start();
    tree.find("foo").command(Command.UP);
    tree.settle();
    tree.exit("foo/run", FINE);
    assertThat(state("foo")).isEqualTo("down");
    tree.advance(Duration.ofMinutes(60));
    assertThat(runs("foo")).isTrue();
  }

  @Test
  void aTimeAtWhichItStillRunsIsSkipped() throws IOException {
    scheduled("foo", "every 15min\n");
    tree.start();
    tree.advance(Duration.ofMinutes(15));
    tree.advance(Duration.ofMinutes(15));
    assertThat(said()).contains("foo: still runs at its next time");
    tree.exit("foo/run", FINE);
    tree.advance(Duration.ofMinutes(14));
    assertThat(runs("foo")).isFalse();
    tree.advance(MINUTE);
    assertThat(runs("foo")).isTrue();
  }

  @Test
  void sleepIsMadeUpForOnlyIfPersistent() throws IOException {
    scheduled("kept", "04:00 UTC\npersistent\n");
    scheduled("lost", "04:00 UTC\n");
    tree.start();
    tree.sleep(Duration.ofHours(8));
    assertThat(runs("kept")).isTrue();
    assertThat(runs("lost")).isFalse();
    assertThat(said()).contains("lost: was not started at 2026-01-02T04:00:00Z");
  }

  @Test
  void theNextDaemonMakesUpForWhatIsPersistent() throws IOException {
    scheduled("kept", "04:00 UTC\npersistent\n");
    scheduled("lost", "04:00 UTC\n");
    tree.start();
    tree.close();
    tree = new TreeFixture(root);
    tree.clock.advance(Duration.ofDays(1));
    tree.start();
    assertThat(runs("kept")).isTrue();
    assertThat(runs("lost")).isFalse();
  }

  @Test
  void aDamagedMemoryIsNoObstacle() throws IOException {
    scheduled("foo", "every 10min\npersistent\n");
    var stamps = Files.createDirectories(root.resolve("state/schedule"));
    for (String damage : List.of("", "boot x\nhandled 9223372036854775807 1\n", "\0\0\n")) {
      Files.writeString(stamps.resolve("foo"), damage);
      tree.start();
      assertThat(said()).contains("state/schedule/foo is damaged");
      tree.advance(Duration.ofMinutes(10));
      assertThat(runs("foo")).isTrue();
      tree.close();
      tree = new TreeFixture(root);
    }
  }

  @Test
  void aChangedScheduleIsFollowedAtOnce() throws IOException {
    var foo = scheduled("foo", "every 10min\n");
    tree.start();
    Files.writeString(foo.resolve("schedule"), "every 1min\nevery never\n");
    tree.advance(MINUTE);
    assertThat(runs("foo")).isTrue();
    assertThat(said()).contains("line 2 of schedule says 'every never'");
    tree.exit("foo/run", FINE);
    Files.delete(foo.resolve("schedule"));
    tree.advance(MINUTE);
    assertThat(runs("foo")).isFalse();
    assertThat(tree.poller.dayTimer().at()).isNull();
  }

  @Test
  void nothingIsWokenBetweenTwoTimes() throws IOException {
    scheduled("foo", "04:00 UTC\n");
    tree.start();
    tree.advance(MINUTE);
    assertThat(tree.poller.dayTimer().at()).isEqualTo(Instant.parse("2026-01-02T04:00:00Z"));
    assertThat(tree.loop.timers().pending()).isZero();
  }

  /** 24 hours: the clock is put forward, put back, and the machine sleeps. */
  @Test
  void aNightWithAClockThatJumps() throws IOException {
    scheduled("often", "every 15min\n");
    scheduled("hourly", "hourly UTC\n");
    tree.start();
    var begin = tree.elapsed();
    var often = new ArrayList<Long>();
    var hourly = new ArrayList<Instant>();
    int jumps = 0;
    while (tree.elapsed() - begin < Duration.ofHours(24).toNanos()) {
      if (runs("often")) {
        often.add((tree.elapsed() - begin) / MINUTE.toNanos());
        tree.exit("often/run", FINE);
      }
      if (runs("hourly")) {
        hourly.add(tree.clock.wall());
        tree.exit("hourly/run", FINE);
      }
      long hours = (tree.elapsed() - begin) / Duration.ofHours(1).toNanos();
      if (hours >= 6 && jumps == 0) {
        setClock(tree.clock.wall().plus(Duration.ofMinutes(200)));
        jumps++;
      } else if (hours >= 12 && jumps == 1) {
        setClock(tree.clock.wall().minus(Duration.ofMinutes(90)));
        jumps++;
      } else if (hours >= 18 && jumps == 2) {
        tree.sleep(Duration.ofMinutes(100));
        jumps++;
      } else {
        toNextAlarm();
      }
    }
    assertThat(jumps).isEqualTo(3);
    for (int i = 1; i < often.size(); i++) {
      long gap = often.get(i) - often.get(i - 1);
      assertThat(gap == 15 || (gap >= 100 && gap < 115)).as("gap of %d min", gap).isTrue();
    }
    assertThat(often).hasSizeBetween(88, 92);
    assertThat(hourly).allMatch(time -> time.getEpochSecond() % 3600 == 0);
    assertThat(hourly).hasSizeBetween(20, 25);
  }

  @Test
  void aLongrunThatIsUpIsRestartedWhenItsFileIsEdited() throws IOException {
    var config = root.resolve("config");
    Files.writeString(config, "1");
    watching("foo", config + "\n");
    tree.start();
    tree.advance(Duration.ofSeconds(5));
    Files.writeString(root.resolve("new"), "2");
    Files.move(root.resolve("new"), config, StandardCopyOption.REPLACE_EXISTING);
    tree.advance(Duration.ofMillis(199));
    assertThat(tree.processes.takeSignals()).isEmpty();
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
    tree.exit("foo/run", FINE);
    assertThat(runs("foo")).isTrue();
    Files.writeString(config, "3");
    tree.advance(Duration.ofMillis(200));
    assertThat(tree.processes.takeSignals()).isEmpty(); // not twice within a second
    tree.advance(Duration.ofMillis(800));
    assertThat(tree.processes.takeSignals()).hasSize(2);
  }

  @Test
  void aOneshotRunsAgainAfterItsEnd() throws IOException {
    var foo = watching("foo", "in/new\n");
    Files.writeString(foo.resolve("type"), "oneshot\n");
    tree.start();
    tree.advance(Duration.ofSeconds(5));
    Files.createDirectories(foo.resolve("in"));
    tree.settle();
    Files.writeString(foo.resolve("in/new"), "1");
    tree.advance(Duration.ofMillis(200));
    assertThat(runs("foo")).isTrue();
    tree.exit("foo/run", FINE);
    assertThat(runs("foo")).isTrue();
    tree.exit("foo/run", FINE);
    assertThat(state("foo")).isEqualTo("done");
    tree.advance(Duration.ofSeconds(5));
    Files.writeString(foo.resolve("in/new"), "2");
    tree.advance(Duration.ofMillis(200));
    assertThat(runs("foo")).isTrue();
  }

  @Test
  void whatIsDownIsStartedByAFileThatComes() throws IOException {
    var foo = watching("foo", root.resolve("a/b/c") + "\n");
    Files.createFile(foo.resolve("down"));
    tree.start();
    Files.createDirectories(root.resolve("a/b"));
    tree.advance(Duration.ofSeconds(1));
    assertThat(runs("foo")).isFalse();
    Files.createFile(root.resolve("a/b/c"));
    tree.advance(Duration.ofMillis(200));
    assertThat(runs("foo")).isTrue();
  }
}
