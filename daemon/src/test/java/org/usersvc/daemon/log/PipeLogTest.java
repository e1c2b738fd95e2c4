package org.usersvc.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.daemon.log.LogFixture.STAMP;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.os.PosixFileSystem;

final class PipeLogTest {
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

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(logs.directory("foot").resolve(file)));
  }

  @Test
  void theFirstLineAfterASilenceIsWrittenAtOnce() throws IOException {
    logs.begin("foot");
    logs.print("foot", "hello\n");
    logs.turn();
    assertThat(logs.current("foot")).isEqualTo(STAMP + "hello\n");
  }

  @Test
  void aSilentServiceHasNoDirectoryAndNoTimer() throws IOException {
    logs.begin("foot");
    logs.turn();
    assertThat(logs.directory("foot")).doesNotExist();
    assertThat(logs.loop().timers().pending()).isZero();
  }

  @Test
  void aBusyPipeIsServedInStepsAndAnIdleOneNotAtAll() throws IOException {
    logs.begin("foot");
    logs.clock.advance(Duration.ofSeconds(1));
    logs.print("foot", "one\n");
    logs.turn();
    logs.print("foot", "two\n");
    logs.turn();
    assertThat(logs.all("foot")).isEqualTo("one\n");
    logs.pass(Pacer.STEP);
    assertThat(logs.all("foot")).isEqualTo("one\ntwo\n");
    logs.pass(Pacer.STEP);
    assertThat(logs.loop().timers().pending()).isZero();
  }

  @Test
  void aPipeThatWasHalfFullIsServedAgainAtOnce() throws IOException {
    logs.begin("foot");
    logs.clock.advance(Duration.ofSeconds(1));
    logs.print("foot", "x".repeat(40_000) + "\n");
    logs.turn();
    logs.print("foot", "next\n");
    logs.turn();
    assertThat(logs.all("foot")).endsWith("x\nnext\n");
  }

  @Test
  void filesAndDirectoriesHaveTheModesOfSvlogd() throws IOException {
    var source = logs.begin("foot");
    logs.print("foot", "hello\n");
    logs.turn();
    assertThat(permissions("current")).isEqualTo("rw-r--r--");
    assertThat(permissions("lock")).isEqualTo("rw-------");
    assertThat(permissions(".")).isEqualTo("rwx------");
    logs.table().end(source.id(), () -> {});
    logs.turns();
    assertThat(permissions("current")).isEqualTo("rwxr--r--");
  }

  @Test
  void currentIsRotatedBeforeItWouldBecomeTooLarge() throws IOException {
    logs.config("foot", "s100\nn2\n");
    logs.begin("foot");
    logs.print("foot", "0123456789\n".repeat(11));
    logs.turns();
    assertThat(logs.rotated("foot")).hasSize(2);
    for (var file : logs.rotated("foot")) {
      assertThat(file).hasSize(2 * 37);
      assertThat(file.getFileName().toString()).matches("@[0-9a-f]{24}\\.s");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rwxr--r--");
    }
    assertThat(logs.current("foot")).hasSize(37);
  }

  @Test
  void currentIsRotatedWhenItIsOldButNotWhileItIsEmpty() throws IOException {
    logs.config("foot", "t60\n");
    logs.begin("foot");
    logs.print("foot", "one\n");
    logs.turns();
    logs.pass(Duration.ofSeconds(59));
    assertThat(logs.rotated("foot")).isEmpty();
    logs.pass(Duration.ofSeconds(1));
    assertThat(logs.rotated("foot")).hasSize(1);
    assertThat(logs.current("foot")).isEmpty();
    assertThat(logs.loop().timers().pending()).isZero();
  }

  @Test
  void anOldCurrentThatEndsInsideALineIsRotatedWhenTheLineHasEnded() throws IOException {
    logs.config("foot", "t60\n");
    logs.begin("foot");
    logs.print("foot", "on");
    logs.turns();
    logs.pass(Duration.ofSeconds(60));
    logs.print("foot", "e\n");
    logs.turns();
    logs.print("foot", "two\n");
    logs.turns();
    assertThat(logs.rotated("foot")).hasSize(1);
    assertThat(logs.current("foot")).endsWith(" two\n");
    assertThat(logs.all("foot")).isEqualTo("one\ntwo\n");
  }

  @Test
  void aDirectoryThatWasRemovedIsMadeAnew() throws IOException {
    logs.config("foot", "s20\n");
    logs.begin("foot");
    logs.print("foot", "one\n");
    logs.turns();
    for (String name : new String[] {"current", "config", "lock", "."}) {
      Files.delete(logs.directory("foot").resolve(name).normalize());
    }
    logs.print("foot", "two\n");
    logs.turns();
    logs.pass(Duration.ofSeconds(1));
    assertThat(logs.all("foot")).isEqualTo("two\n");
  }

  @Test
  void endWritesWhatIsInThePipe() throws IOException {
    var source = logs.begin("foot");
    var ended = new AtomicInteger();
    logs.print("foot", "hello\n".repeat(5000));
    logs.table().end(source.id(), ended::incrementAndGet);
    logs.turns();
    assertThat(ended).hasValue(1);
    assertThat(logs.all("foot")).isEqualTo("hello\n".repeat(5000));
    logs.table().end(source.id(), ended::incrementAndGet);
    assertThat(ended).hasValue(2);
  }

  @Test
  void theSamePipeContinuesItsLineAndAnotherBeginsOne() throws IOException {
    var source = logs.begin("foot");
    logs.print("foot", "on");
    logs.turns();
    logs.table().close();
    logs.kill();
    logs.beginAgain();
    logs.print("foot", "e\ntw");
    logs.turns();
    assertThat(logs.all("foot")).isEqualTo("one\ntw");
    logs.table().end(source.id(), () -> {});
    logs.turns();
    logs.beginAgain();
    logs.print("foot", "three\n");
    logs.turns();
    assertThat(logs.all("foot")).isEqualTo("one\ntw\nthree\n");
  }

  @Test
  void whatAnotherProcessHasLockedWaitsInThePipe() throws IOException {
    Files.createDirectories(logs.directory("foot"));
    var files = new PosixFileSystem();
    int lock = files.openLockFile(FileSystem.ABSOLUTE, logs.directory("foot") + "/lock");
    assertThat(files.lock(lock)).isTrue();
    logs.begin("foot");
    logs.print("foot", "hello\n");
    for (int i = 0; i < 10; i++) {
      logs.pass(Duration.ofSeconds(1));
    }
    assertThat(logs.warnings)
        .containsExactly(
            "log of foot: " + logs.directory("foot") + " is locked by another process, retrying");
    files.close(lock);
    logs.pass(Duration.ofSeconds(1));
    assertThat(logs.all("foot")).isEqualTo("hello\n");
    assertThat(logs.warnings).last().isEqualTo("log of foot is written again, 0 lines dropped");
  }

  @Test
  void aBadConfigIsToldAndTheRestOfItFollowed() throws IOException {
    logs.config("foot", "s10k\nn1\n");
    logs.begin("foot");
    logs.print("foot", "hello\n");
    logs.turn();
    assertThat(logs.warnings)
        .containsExactly(
            logs.directory("foot")
                + "/config:1: bad value 10k; write s and a number, as in s1000000, ignoring");
  }
}
