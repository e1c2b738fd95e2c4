package org.usersvc.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users and other programs do to logs while they are written. */
final class OthersAtTheLogTest {
  @TempDir private Path root;
  private LogFixture logs;
  private LogSource foot;

  @BeforeEach
  void open() throws IOException {
    logs = new LogFixture(root);
    foot = logs.begin("foot");
  }

  @AfterEach
  void close() {
    logs.close();
  }

  private void print(String text) throws IOException {
    logs.print("foot", text);
    logs.turns();
  }

  private Path current() {
    return logs.directory("foot").resolve("current");
  }

  @Test
  void currentThatWasRemovedIsMadeAnew() throws IOException {
    print("one\ntw");
    Files.delete(current());
    print("o\nthree\n");
    assertThat(logs.all("foot")).isEqualTo("o\nthree\n");
    assertThat(logs.current("foot")).as("each line has a stamp").matches("(?:2026.*\n){2}");
  }

  @Test
  void currentThatWasRenamedIsLeftAsItIs() throws IOException {
    print("one\n");
    var old = logs.directory("foot").resolve("old");
    Files.move(current(), old);
    print("two\n");
    assertThat(logs.all("foot")).isEqualTo("two\n");
    assertThat(old).content().endsWith("one\n");
  }

  @Test
  void currentThatWasEmptiedOrAddedToIsGoneOnWith() throws IOException {
    print("one\ntw");
    Files.write(current(), new byte[0]);
    print("o\nthree\n");
    assertThat(logs.all("foot")).isEqualTo("o\nthree\n");
    try (var out = new FileOutputStream(current().toFile(), true)) {
      out.write("by hand".getBytes(StandardCharsets.US_ASCII));
    }
    print("four\n");
    assertThat(logs.all("foot")).isEqualTo("o\nthree\nby hand\nfour\n");
  }

  @Test
  void aDirectoryThatWasRemovedOrReplacedIsMadeAnewAndLocked() throws IOException {
    print("one\n");
    var directory = logs.directory("foot");
    Files.move(directory, root.resolve("away"));
    print("two\n");
    assertThat(logs.all("foot")).isEqualTo("two\n");
    assertThat(directory.resolve("lock")).exists();
    Files.delete(directory.resolve("lock"));
    Files.delete(current());
    Files.delete(directory);
    logs.config("foot", "s1000\n");
    print("three\n");
    assertThat(logs.all("foot")).isEqualTo("three\n");
    assertThat(logs.warnings).isEmpty();
  }

  @Test
  void theWholeRootMayGoAndComeAgain() throws IOException {
    print("one\n");
    Files.move(root.resolve("log"), root.resolve("away"));
    print("two\n");
    assertThat(logs.all("foot")).isEqualTo("two\n");
  }

  @Test
  void limitsAreFollowedASecondAfterTheyHaveChanged() throws IOException {
    print("0123456789\n".repeat(9));
    assertThat(logs.rotated("foot")).isEmpty();
    logs.config("foot", "s100\n");
    logs.pass(Duration.ofSeconds(1));
    print("0123456789\n".repeat(2));
    assertThat(logs.rotated("foot")).hasSize(1);
    Files.delete(logs.directory("foot").resolve("config"));
    Files.writeString(root.resolve("log/config"), "s200\nt60\n");
    logs.pass(Duration.ofSeconds(1));
    print("0123456789\n".repeat(4));
    assertThat(logs.rotated("foot")).as("the root's limits").hasSize(2);
    logs.pass(Duration.ofSeconds(60));
    assertThat(logs.current("foot")).as("the age").isEmpty();
  }

  @Test
  void aChangedAgeHoldsForTheFileThatIsWritten() throws IOException {
    logs.config("foot", "t86400\n");
    print("one\n");
    logs.config("foot", "t60\n");
    logs.pass(Duration.ofSeconds(1));
    print("two\n");
    logs.pass(Duration.ofSeconds(60));
    assertThat(logs.rotated("foot")).hasSize(1);
  }

  @Test
  void aServiceThatIsRenamedIsLoggedUnderItsNewName() throws IOException {
    print("one\n");
    logs.print("foot", "still\n");
    logs.table().rename(foot.id(), "leg");
    print("two\n");
    assertThat(logs.all("foot")).isEqualTo("one\nstill\n");
    assertThat(logs.all("leg")).isEqualTo("two\n");
    var next = logs.begin("toe");
    logs.table().rename(next.id(), "foot");
    logs.print("toe", "new\n");
    logs.turns();
    assertThat(logs.all("foot")).isEqualTo("one\nstill\nnew\n");
  }

  @Test
  void twoOfOneNameWriteToOneDirectoryAndDoNotMixTheirLines() throws IOException {
    var toe = logs.begin("toe");
    print("ab");
    logs.table().rename(toe.id(), "foot");
    logs.print("toe", "new\nhal");
    logs.turns();
    print("c\n");
    logs.print("toe", "f\n");
    logs.turns();
    assertThat(logs.all("foot")).isEqualTo("ab\nnew\nhal\nc\nf\n");
    logs.table().end(foot.id(), () -> {});
    logs.turns();
    logs.print("toe", "alone\n");
    logs.turns();
    assertThat(logs.all("foot")).endsWith("f\nalone\n");
    assertThat(logs.warnings).isEmpty();
  }

  @Test
  void aServiceCalledConfigIsLoggedBesideTheLimits() throws IOException {
    Files.createDirectories(root.resolve("log"));
    Files.writeString(root.resolve("log/config"), "s500000\n");
    logs.begin("config");
    logs.print("config", "hello\n");
    logs.turns();
    assertThat(logs.all(".config")).isEqualTo("hello\n");
    assertThat(logs.warnings).isEmpty();
  }

  @Test
  void linesOfATimeWhenTheClockWasAheadDoNotOutliveNewerOnes() throws IOException {
    logs.config("foot", "s40\nn2\n");
    for (int i = 1; i <= 3; i++) {
      Files.writeString(
          logs.directory("foot").resolve("@400000009b0479980000000" + i + ".s"), "old");
    }
    for (int i = 0; i < 4; i++) {
      print("line " + i + "\n");
    }
    assertThat(logs.all("foot")).isEqualTo("line 1\nline 2\nline 3\n");
  }

  @Test
  void aLedgerThatIsCutIsMadeGood() throws IOException {
    print("one\n");
    try (var ledger = new FileOutputStream(root.resolve("ledger").toFile(), true)) {
      ledger.getChannel().truncate(0);
    }
    print("two\n");
    assertThat(root.resolve("ledger")).hasSize(64 * 64);
    print("three\n");
    logs.kill();
    logs.beginAgain();
    print("four\n");
    assertThat(logs.all("foot")).isEqualTo("one\ntwo\nthree\nfour\n");
    assertThat(logs.warnings).isEmpty();
  }
}
