package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.lifecycle.Command;

/** A directory that is being filled is started when it is complete. */
final class RestTest {
  private static final Duration MOMENT = Duration.ofMillis(15);

  @TempDir private Path root;
  private TreeFixture tree;
  private Path foo;

  @BeforeEach
  void begin() throws IOException {
    tree = new TreeFixture(root);
    tree.start();
    foo = Files.createDirectory(tree.scan.resolve("foo"));
  }

  @AfterEach
  void close() {
    tree.close();
  }

  /** The clock shows when the last entry was made. */
  private void settleAtOnce() throws IOException {
    tree.clock.set(Files.getLastModifiedTime(foo).toInstant());
    tree.settle();
  }

  private void rest() {
    tree.advance(MOMENT);
    assertThat(tree.processes.living()).isEmpty();
    tree.advance(MOMENT);
  }

  @Test
  void downMayComeAfterRun() throws IOException {
    TreeFixture.script(foo, "run");
    settleAtOnce();
    Files.createFile(foo.resolve("down"));
    settleAtOnce();
    rest();
    assertThat(tree.processes.living()).isEmpty();
    assertThat(tree.find("foo").view().isNormallyUp()).isFalse();
  }

  @Test
  void downMayComeAfterARunThatWasAwaited() throws IOException {
    settleAtOnce();
    tree.advance(Duration.ofSeconds(1));
    TreeFixture.script(foo, "run");
    settleAtOnce();
    Files.createFile(foo.resolve("down"));
    settleAtOnce();
    rest();
    assertThat(tree.processes.living()).isEmpty();
  }

  /** The daemon has much to do between opening and starting it. */
  @Test
  void downAndRunMayComeBetweenTwoTurns() throws IOException {
    tree.clock.set(Files.getLastModifiedTime(foo).toInstant());
    while (tree.supervisor.find("foo") == null) {
      tree.loop.runOneTurn(true);
    }
    Files.createFile(foo.resolve("down"));
    TreeFixture.script(foo, "run");
    settleAtOnce();
    rest();
    assertThat(tree.processes.living()).isEmpty();
  }

  @Test
  void eachEntryMakesItWaitAnew() throws IOException {
    TreeFixture.script(foo, "run");
    for (int i = 0; i < 3; i++) {
      settleAtOnce();
      tree.advance(MOMENT);
      Files.createFile(foo.resolve("file" + i));
    }
    settleAtOnce();
    rest();
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void oneThatIsMovedThereIsComplete() throws IOException {
    var made = Files.createDirectory(root.resolve("bar"));
    TreeFixture.script(made, "run");
    Files.setLastModifiedTime(made, Files.getLastModifiedTime(foo)); // as some time before
    Files.move(made, tree.scan.resolve("bar"));
    settleAtOnce();
    assertThat(tree.processes.living()).containsExactly("bar/run");
  }

  @Test
  void aRescanIsDoneWhenItHasStarted() throws IOException {
    var started = new ArrayList<List<String>>();
    TreeFixture.script(foo, "run");
    tree.clock.set(Files.getLastModifiedTime(foo).toInstant());
    tree.supervisor.rescan(() -> started.add(List.copyOf(tree.processes.living())));
    tree.settle();
    assertThat(started).isEmpty();
    rest();
    assertThat(started).containsExactly(List.of("foo/run"));
  }

  @Test
  void whoAsksForItDoesNotWait() throws IOException {
    TreeFixture.script(foo, "run");
    settleAtOnce();
    tree.find("foo").command(Command.UP);
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  /** Another service names it before it gets its down. */
  private void isNamedIn(String needs) throws IOException {
    var web = tree.service("web");
    Files.createDirectories(web.resolve(needs));
    Files.createFile(web.resolve(needs + "/foo"));
    TreeFixture.script(foo, "run");
    settleAtOnce();
    Files.createFile(foo.resolve("down"));
    settleAtOnce();
    tree.advance(MOMENT);
    tree.advance(MOMENT);
  }

  @Test
  void whoNeedsAServiceThatGetsItsDownLateHasItStarted() throws IOException {
    isNamedIn("dependencies.d");
    assertThat(tree.processes.living()).contains("foo/run");
  }

  @Test
  void whoOnlyWaitsForAServiceThatGetsItsDownLateGoesOn() throws IOException {
    isNamedIn("waits-for.d");
    tree.advance(MOMENT);
    assertThat(tree.processes.living()).contains("web/run");
  }
}
