package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.ExitStatus;

/** What ends the delay before a restart, and what has none. */
final class RestartDelayTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path root;
  private TreeFixture tree;
  private Path foo;

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
    foo = tree.service("foo");
  }

  @AfterEach
  void close() {
    tree.close();
  }

  private void change(String name) throws IOException {
    Files.writeString(foo.resolve(name), "LAST=1\n");
    tree.settle();
  }

  @Test
  void finishThatWritesConfIsFollowedByTheDelay() throws IOException {
    TreeFixture.script(foo, "finish");
    tree.start();
    for (int i = 0; i < 3; i++) {
      tree.exit("foo/run", TreeFixture.FAILED);
      change("conf");
      tree.exit("foo/finish", TreeFixture.FINE);
      assertThat(tree.processes.living()).isEmpty();
      assertThat(tree.find("foo").untilRestart()).isEqualTo(SECOND);
      tree.advance(SECOND);
      assertThat(tree.processes.living()).containsExactly("foo/run");
    }
  }

  @Test
  void aChangeInTheDelayStartsRunAtMostOnceASecond() throws IOException {
    tree.start();
    for (int i = 0; i < 3; i++) {
      tree.exit("foo/run", TreeFixture.FAILED);
      tree.advance(Duration.ofMillis(400));
      change("conf");
      assertThat(tree.processes.living()).isEmpty();
      tree.advance(Duration.ofMillis(600));
      assertThat(tree.processes.living()).containsExactly("foo/run");
    }
  }

  @Test
  void aChangeEndsALongDelayAtOnce() throws IOException {
    tree.start();
    for (int seconds : new int[] {1, 2}) {
      tree.exit("foo/run", TreeFixture.FAILED);
      tree.advance(Duration.ofSeconds(seconds));
    }
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.advance(SECOND);
    change("conf");
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  /** Has foo fail until the next delay is of 8 seconds. */
  private void failRepeatedly() {
    for (int seconds : new int[] {1, 2, 4}) {
      tree.exit("foo/run", TreeFixture.FAILED);
      tree.advance(Duration.ofSeconds(seconds));
    }
    tree.exit("foo/run", TreeFixture.FAILED);
  }

  @Test
  void aServiceThatHasComeToStayEndsTheDelayOfOthers() throws IOException {
    tree.start();
    failRepeatedly();
    tree.service("bar");
    tree.settle();
    tree.advance(Duration.ofMillis(999));
    assertThat(tree.processes.living()).containsExactly("bar/run");
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.living()).containsExactly("bar/run", "foo/run");
    tree.exit("foo/run", TreeFixture.FAILED);
    assertThat(tree.find("foo").untilRestart()).as("if that was not it").isNotEqualTo(SECOND);
    tree.advance(Duration.ofSeconds(10));
    assertThat(tree.processes.living()).containsExactly("bar/run");
  }

  @Test
  void aRunThatWasToldTooEarlyIsTriedOnceMoreASecondAfterItsStart() throws IOException {
    tree.start();
    tree.service("bar");
    tree.settle();
    failRepeatedly();
    tree.advance(Duration.ofSeconds(8));
    tree.letters("bar", "t");
    tree.exit("bar/run", ExitStatus.killed(15, false));
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.advance(Duration.ofMillis(15_500));
    tree.letters("bar", "t");
    tree.exit("bar/run", ExitStatus.killed(15, false));
    tree.advance(Duration.ofMillis(500));
    tree.advance(Duration.ofMillis(500)); // bar has lasted while foo was trying
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.advance(Duration.ofMillis(500));
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("bar/run", "foo/run");
  }

  @Test
  void aCheckThatBecomesContentEndsTheDelayOfOthers() throws IOException {
    TreeFixture.script(tree.service("bar"), "check");
    tree.start();
    failRepeatedly();
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("bar/run", "bar/check");
    tree.advance(SECOND);
    assertThat(tree.processes.starts("bar/check")).as("while one runs").isEqualTo(1);
    tree.exit("bar/check", TreeFixture.FAILED);
    tree.advance(SECOND);
    tree.exit("bar/check", TreeFixture.FINE);
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("bar/run", "foo/run");
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.advance(SECOND);
    assertThat(tree.processes.living()).doesNotContain("bar/check");
  }

  @Test
  void servicesThatCrashDoNotHastenOthersForEver() throws IOException {
    tree.service("bar");
    tree.start();
    failRepeatedly();
    long starts = tree.find("foo").history().starts();
    for (int i = 0; i < 600; i++) { // twenty minutes
      tree.advance(Duration.ofMillis(i % 2 == 0 ? 1500 : 500));
      if (i % 2 == 0) {
        tree.exit("bar/run", TreeFixture.FAILED);
      }
      if (tree.processes.living().contains("foo/run")) {
        tree.exit("foo/run", TreeFixture.FAILED);
      }
    }
    assertThat(tree.find("bar").history().starts()).isGreaterThan(300);
    assertThat(tree.find("foo").history().starts() - starts).isLessThan(20);
  }

  @Test
  void finishAndControlScriptsDefineNoRun() throws IOException {
    tree.start();
    tree.exit("foo/run", TreeFixture.FAILED);
    change("finish");
    assertThat(tree.find("foo").untilRestart()).isEqualTo(SECOND);
    Files.delete(foo.resolve("finish"));
    tree.advance(SECOND);
  }

  @Test
  void anEndThatWasAskedForIsNoCrash() throws IOException {
    tree.start();
    for (String letter : new String[] {"t", "k"}) {
      tree.letters("foo", letter);
      tree.exit("foo/run", ExitStatus.killed(letter.equals("t") ? 15 : 9, false));
      assertThat(tree.processes.living()).as(letter).containsExactly("foo/run");
    }
    assertThat(tree.find("foo").history().deaths()).isZero();
  }

  @Test
  void aServiceThatWasToldToExitRestsAlsoWhenOthersEnd() throws IOException {
    tree.service("bar");
    tree.start();
    tree.letters("foo", "x");
    tree.exit("foo/run", TreeFixture.FINE);
    tree.letters("bar", "x");
    tree.advance(Duration.ofMillis(500));
    tree.exit("bar/run", TreeFixture.FINE);
    assertThat(tree.processes.living()).isEmpty();
    tree.advance(Duration.ofMillis(500));
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }
}
