package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services that start by the clock, or when a path changes. */
@ExtendWith(TreeExtension.class)
final class ScheduleIT {
  private static void awaitLines(Service service, String file, int count) throws IOException {
    Await.until(
        count + " lines in " + file,
        () ->
            Files.exists(service.dir().resolve(file))
                && service.read(file).lines().count() >= count);
  }

  @Test
  void itStartsByTheClockAlsoAfterTheDaemonWasKilled(Tree tree) throws IOException {
    var tick = tree.service("tick").run("echo tick >> ticks").file("schedule", "every 1s\n");
    var late = tree.service("late").steady().file("schedule", "yearly\nfoo\n");
    var daemon = tree.start();
    daemon.awaitLog("late: line 2 of schedule says 'foo' and has to be a calendar expression");
    awaitLines(tick, "ticks", 1);
    daemon.kill();
    daemon.awaitEnd();
    int before = (int) tick.read("ticks").lines().count();
    tree.start();
    awaitLines(tick, "ticks", before + 1);
    var shown = tree.usersvc("schedule").expect(0).out().lines().toList();
    assertThat(shown).hasSize(3);
    assertThat(shown.get(0)).matches("NAME +NEXT START +IN +LAST START +LAST RESULT");
    assertThat(shown.get(1)).startsWith("tick ");
    assertThat(shown.get(2)).matches("late +\\w{3} \\d{4}-01-01 00:00:00 \\w+ +\\d+d\\d+h +- +-");
    assertThat(tree.usersvc("schedule", "--json", "late").expect(0).out())
        .contains("\"next_start\":\"");
    assertThat(late.pid()).isZero();
    tree.usersvc("up", "late").expect(0);
    assertThat(late.pid()).isPositive();
  }

  @Test
  void whatWasMissedIsMadeUpFor(Tree tree) throws IOException {
    var daily =
        tree.service("daily")
            .run("echo done >> done")
            .file("schedule", "00:00 UTC\npersistent\n")
            .file("type", "oneshot\n");
    var daemon = tree.start();
    daemon.ask("rescan").expect(0);
    daemon.signal("TERM");
    daemon.awaitEnd();
    var stamp = tree.root().resolve(".local/state/usersvc/schedule/daily");
    long before = Instant.now().minus(Duration.ofDays(2)).toEpochMilli() * 1000;
    Files.writeString(stamp, "boot of-yesterday\nbegun 1\nhandled " + before + " 1\n");
    tree.start();
    awaitLines(daily, "done", 1);
    Await.until(
        "the result",
        () -> tree.usersvc("schedule", "daily").expect(0).out().contains(" exit 0\n"));
  }

  @Test
  void aChangedFileRestartsAServiceAlsoAfterTheDaemonWasKilled(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("watch", "conf\n");
    var daemon = tree.start();
    int first = web.awaitUp();
    web.file("conf", "1\n");
    int second = web.awaitUpAfter(first);
    daemon.kill();
    daemon.awaitEnd();
    tree.start();
    assertThat(web.awaitUp()).isEqualTo(second);
    web.file("conf", "2\n");
    web.awaitUpAfter(second);
  }
}
