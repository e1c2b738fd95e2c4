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

/** What becomes of control scripts that do not end, or do not start. */
final class ControlScriptsTest {
  private static final String TERM_SCRIPT = "foo/control/t";

  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
    var foo = tree.service("foo");
    TreeFixture.script(foo, "control/t");
    Files.writeString(foo.resolve("timeout-kill"), "1500");
    tree.start();
  }

  @AfterEach
  void close() {
    tree.close();
  }

  /** Stops foo, and lets the time pass in which it has to end. */
  private void stop() throws IOException {
    tree.letters("foo", "d");
    tree.advance(Duration.ofMillis(1500));
  }

  @Test
  void oneThatDoesNotEndInTimeIsKilledWithAllThatItHasStarted() throws IOException {
    stop();
    int script = tree.processes.pid(TERM_SCRIPT);
    assertThat(tree.processes.takeSignals()).containsExactly("KILL " + TERM_SCRIPT, "KILL foo/run");
    tree.processes.leavesGroup(script);
    tree.exit(TERM_SCRIPT, TreeFixture.FAILED);
    assertThat(tree.processes.takeSignals()).startsWith("KILL group of " + script);
    tree.processes.endGroup(script);
  }

  @Test
  void oneWhoseFileSystemAnswersTooLateIsKilledWhenItRuns() throws IOException {
    tree.processes.hangs(TERM_SCRIPT);
    stop();
    assertThat(tree.processes.takeSignals()).containsExactly("KILL foo/run");
    tree.processes.goesOn(TERM_SCRIPT);
    assertThat(tree.processes.takeSignals()).containsExactly("KILL " + TERM_SCRIPT);
  }
}
