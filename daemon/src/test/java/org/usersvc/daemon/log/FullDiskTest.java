package org.usersvc.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.Errno;

final class FullDiskTest {
  private static final int EROFS = 30;

  @TempDir private Path root;
  private LogFixture logs;

  @BeforeEach
  void open() throws IOException {
    logs = new LogFixture(root);
  }

  @AfterEach
  void close() {
    logs.close();
  }

  private void passSeconds(int seconds) {
    for (int i = 0; i < 10 * seconds; i++) {
      logs.pass(Duration.ofMillis(100));
    }
  }

  private void old(String name, int label) throws IOException {
    Files.createDirectories(logs.directory(name));
    Files.writeString(logs.directory(name).resolve("@%024x.s".formatted(label)), "old\n");
  }

  @Test
  void nothingIsHalfWrittenAndNothingLostIfSpaceComesSoon() throws IOException {
    logs.begin("foot");
    logs.print("foot", "one\n");
    logs.turns();
    logs.ports.full(Errno.ENOSPC, 10);
    logs.print("foot", "two\n");
    passSeconds(1);
    assertThat(logs.all("foot")).isEqualTo("one\n");
    logs.ports.full(0, 0);
    logs.print("foot", "three\n");
    passSeconds(1);
    assertThat(logs.all("foot")).isEqualTo("one\ntwo\nthree\n");
    assertThat(logs.warnings)
        .containsExactly(
            "cannot write "
                + logs.directory("foot")
                + "/current: no space left on device; lines wait in their pipes, then old logs are"
                + " removed, then lines are dropped",
            "there is space for logs again, 0 lines dropped");
  }

  @Test
  void afterTwoSecondsLinesAreDroppedAndCounted() throws IOException {
    logs.begin("foot");
    logs.print("foot", "one\ntw");
    logs.turns();
    logs.ports.full(Errno.EDQUOT, 0);
    logs.print("foot", "o\nthree\n");
    passSeconds(1);
    assertThat(logs.all("foot")).isEqualTo("one\ntw");
    passSeconds(2);
    logs.print("foot", "four\n");
    passSeconds(1);
    logs.ports.full(0, 0);
    logs.print("foot", "five\n");
    passSeconds(1);
    assertThat(logs.all("foot"))
        .isEqualTo("one\ntw\nusersvcd: 3 lines dropped, disk quota exceeded\nfive\n");
    assertThat(logs.warnings).hasSize(1);
    passSeconds(30);
    logs.print("foot", "six\n");
    passSeconds(1);
    assertThat(logs.warnings).last().isEqualTo("there is space for logs again, 3 lines dropped");
    assertThat(logs.warnings).hasSize(2);
    assertThat(logs.loop().timers().pending()).isZero();
  }

  @Test
  void spaceForAFewLinesIsNotTheEndOfTheTrouble() throws IOException {
    logs.begin("foot");
    logs.ports.full(Errno.ENOSPC, 0);
    logs.print("foot", "one\n");
    passSeconds(3);
    logs.ports.full(0, 0);
    logs.print("foot", "two\n");
    passSeconds(1);
    logs.ports.full(Errno.ENOSPC, 0);
    logs.print("foot", "three\n");
    logs.turn();
    logs.ports.full(0, 0);
    logs.print("foot", "four\n");
    passSeconds(1);
    assertThat(logs.all("foot"))
        .isEqualTo(
            """
            usersvcd: 1 lines dropped, no space left on device
            two
            usersvcd: 1 lines dropped, no space left on device
            four
            """);
    assertThat(logs.warnings).hasSize(1);
  }

  @Test
  void oldFilesGoBeforeLinesDoTheOwnFirst() throws IOException {
    for (int i = 1; i <= 4; i++) {
      old("foot", i);
      old("bar", i);
    }
    logs.config("bar", "N3\n");
    logs.begin("foot");
    logs.ports.full(Errno.ENOSPC, 0);
    logs.print("foot", "one\n");
    passSeconds(1);
    assertThat(logs.rotated("foot")).hasSize(4);
    passSeconds(2);
    assertThat(logs.rotated("foot")).hasSize(2);
    assertThat(logs.rotated("bar")).hasSize(3);
    assertThat(logs.rotated("foot").getFirst().getFileName().toString()).endsWith("3.s");
  }

  @Test
  void noMoreOldFilesGoThanNeeded() throws IOException {
    for (int i = 1; i <= 5; i++) {
      old("foot", i);
    }
    logs.begin("foot");
    logs.ports.fullUntilRemoved(Errno.ENOSPC);
    logs.print("foot", "one\n");
    passSeconds(3);
    assertThat(logs.rotated("foot")).hasSize(4);
    assertThat(logs.current("foot")).endsWith(" one\n");
    assertThat(logs.warnings).hasSize(1);
    passSeconds(30);
    logs.print("foot", "two\n");
    passSeconds(1);
    assertThat(logs.warnings).last().isEqualTo("there is space for logs again, 0 lines dropped");
  }

  @Test
  void aDiskThatStaysFullHoldsNothingUpWhileOldFilesAreLeft() throws IOException {
    for (int i = 1; i <= 5; i++) {
      old("foot", i);
    }
    logs.begin("foot");
    logs.ports.fullUntilRemoved(Errno.ENOSPC);
    logs.print("foot", "one\n");
    passSeconds(3);
    logs.ports.fullUntilRemoved(Errno.ENOSPC);
    logs.print("foot", "two\n");
    logs.turns();
    assertThat(logs.current("foot")).endsWith(" two\n");
    assertThat(logs.rotated("foot")).hasSize(3);
    assertThat(logs.warnings).hasSize(1);
  }

  @Test
  void manyLogsOnAFullDiskAreOneMessage() throws IOException {
    logs.ports.full(Errno.ENOSPC, 0);
    for (String name : new String[] {"a", "b", "c"}) {
      logs.begin(name);
      logs.print(name, "one\n");
    }
    passSeconds(3);
    assertThat(logs.warnings).hasSize(1);
    logs.ports.full(0, 0);
    for (String name : new String[] {"a", "b", "c"}) {
      logs.print(name, "two\n");
    }
    passSeconds(30);
    assertThat(logs.warnings).hasSize(1);
    for (String name : new String[] {"a", "b", "c"}) {
      logs.print(name, "three\n");
    }
    passSeconds(1);
    assertThat(logs.warnings).hasSize(2);
    assertThat(logs.warnings).last().isEqualTo("there is space for logs again, 3 lines dropped");
  }

  @Test
  void endDoesNotWaitLongerThanTheTwoSeconds() throws IOException {
    var source = logs.begin("foot");
    var ended = new AtomicInteger();
    logs.ports.full(EROFS, 0);
    logs.print("foot", "one\n");
    logs.table().end(source.id(), ended::incrementAndGet);
    passSeconds(1);
    assertThat(ended).hasValue(0);
    passSeconds(2);
    assertThat(ended).hasValue(1);
    assertThat(logs.warnings)
        .containsExactly(
            "log of foot: cannot write "
                + logs.directory("foot")
                + "/current: read-only file system, retrying",
            "log of foot has ended, 1 lines dropped");
  }

  @Test
  void aServiceThatEndsWhileItsLinesAreDroppedEnds() throws IOException {
    var source = logs.begin("foot");
    var ended = new AtomicInteger();
    logs.ports.full(Errno.ENOSPC, 0);
    logs.print("foot", "one\n");
    passSeconds(4);
    logs.table().end(source.id(), ended::incrementAndGet);
    passSeconds(1);
    assertThat(ended).hasValue(1);
  }

  @Test
  void aDirectoryThatCannotBeMadeIsToldAndTriedAgain() throws IOException {
    Files.writeString(root.resolve("log"), "in the way");
    logs.begin("foot");
    logs.print("foot", "one\n");
    passSeconds(1);
    assertThat(logs.warnings).hasSize(1);
    assertThat(logs.warnings.getFirst()).startsWith("log of foot: ").endsWith(", retrying");
    Files.delete(root.resolve("log"));
    passSeconds(1);
    assertThat(logs.all("foot")).isEqualTo("one\n");
  }

  @Test
  void theDaemonsOwnLinesWaitInMemory() throws IOException {
    logs.ports.full(Errno.ENOSPC, 0);
    logs.table().own("one");
    logs.table().own("two");
    passSeconds(3);
    logs.ports.full(0, 0);
    passSeconds(3);
    assertThat(logs.all(".usersvcd")).isEqualTo("one\ntwo\n");
  }
}
