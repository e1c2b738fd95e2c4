package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a process may take to end: timeout-kill, as it is when the process is to end. */
final class StopBoundTest {
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

  private void bound(String text) throws IOException {
    Files.writeString(foo.resolve("timeout-kill"), text);
  }

  /** Stops it, and lets it be killed after just that time. */
  private void isKilledAfter(Duration bound) throws IOException {
    tree.letters("foo", "d");
    tree.advance(bound.minusMillis(1));
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL foo/run");
  }

  private void isNeverKilled() throws IOException {
    tree.letters("foo", "d");
    tree.advance(Duration.ofDays(1));
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
  }

  @Test
  void downHasNoBoundOfItsOwn() throws IOException {
    tree.start();
    isNeverKilled();
  }

  @Test
  void timeoutKillBoundsDown() throws IOException {
    bound("1500\n");
    tree.start();
    isKilledAfter(Duration.ofMillis(1500));
  }

  @Test
  void whatIsWrittenWhileItRunsCountsForTheNextStop() throws IOException {
    tree.start();
    bound("1500");
    isKilledAfter(Duration.ofMillis(1500));
  }

  @Test
  void whatIsChangedOrRemovedWhileItRunsCountsForTheNextStop() throws IOException {
    bound("1500");
    tree.start();
    var next = Files.writeString(root.resolve("next"), "700");
    Files.move(next, foo.resolve("timeout-kill"), StandardCopyOption.ATOMIC_MOVE);
    isKilledAfter(Duration.ofMillis(700));
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.letters("foo", "u");
    Files.delete(foo.resolve("timeout-kill"));
    isNeverKilled();
  }

  @Test
  void aLinkCountsAsWhatItLeadsTo() throws IOException {
    var elsewhere = root.resolve("elsewhere");
    Files.createSymbolicLink(foo.resolve("timeout-kill"), elsewhere);
    tree.start();
    Files.writeString(elsewhere, "1500");
    isKilledAfter(Duration.ofMillis(1500));
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.letters("foo", "u");
    Files.writeString(elsewhere, "700");
    isKilledAfter(Duration.ofMillis(700));
  }

  @Test
  void aChangeCountsAlthoughItWasNotTold() throws IOException {
    tree.start();
    tree.watches.lose();
    bound("1500");
    isKilledAfter(Duration.ofMillis(1500));
  }

  @Test
  void aChangeDuringAStopDoesNotCountForThatOne() throws IOException {
    bound("1500");
    tree.start();
    tree.letters("foo", "d");
    bound("700");
    tree.advance(Duration.ofMillis(1499));
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL foo/run");
  }

  @Test
  void whatElseIsWrittenCountsFromTheNextStartOnly() throws IOException {
    tree.start();
    Files.writeString(foo.resolve("down-signal"), "INT");
    bound("1500");
    isKilledAfter(Duration.ofMillis(1500));
  }

  @Test
  void theRestOfTheGroupHasTheSameBound() throws IOException {
    tree.start();
    int leader = tree.processes.pid("foo/run");
    tree.processes.leavesGroup(leader);
    bound("1500");
    tree.letters("foo", "o");
    tree.exit("foo/run", TreeFixture.FINE);
    String group = " group of " + leader;
    tree.advance(Duration.ofMillis(1499));
    assertThat(tree.processes.takeSignals()).containsExactly("TERM" + group, "CONT" + group);
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL" + group);
    tree.processes.endGroup(leader);
  }

  @Test
  void finishOfAServiceThatIsToGoOnHasNoBound() throws IOException {
    TreeFixture.script(foo, "finish");
    bound("1500");
    tree.start();
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.advance(Duration.ofDays(1));
    assertThat(tree.processes.takeSignals()).isEmpty();
    assertThat(tree.processes.living()).containsExactly("foo/finish");
  }

  @Test
  void upAfterDownIsNotKilled() throws IOException {
    bound("1500");
    tree.start();
    tree.letters("foo", "du");
    tree.advance(Duration.ofDays(1));
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
  }

  @Test
  void whatIsNoNumberIsToldAndIgnored() throws IOException {
    bound("soon");
    tree.start();
    isNeverKilled();
    assertThat(tree.messages.warnings()).singleElement().asString().contains("timeout-kill");
  }

  @Test
  void centuriesAreAsGoodAsNoBound() throws IOException {
    bound("99999999999999");
    tree.start();
    isNeverKilled();
    tree.exit("foo/run", TreeFixture.FAILED);
    assertThat(tree.stat("foo")).isEqualTo("down");
  }
}
