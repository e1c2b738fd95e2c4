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

/** A run and a finish whose file system does not answer. */
final class RunStartTest {
  private static final String RUN = "foo/run";
  private static final String FINISH = "foo/finish";

  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
    var foo = tree.service("foo");
    TreeFixture.script(foo, "finish");
    Files.writeString(foo.resolve("timeout-kill"), "1500");
  }

  @AfterEach
  void close() {
    tree.close();
  }

  @Test
  void aRunThatStartsLateIsRun() {
    tree.processes.hangs(RUN);
    tree.start();
    assertThat(tree.find("foo").view().state()).isEqualTo("starting");
    assertThat(tree.messages.warnings())
        .contains("foo: a file system that run is on hangs, waiting for it");
    tree.processes.goesOn(RUN);
    tree.settle();
    assertThat(tree.find("foo").view().state()).isEqualTo("run");
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void aRunThatWasGivenUpIsKilledWhenItStarts() {
    tree.processes.hangs(RUN);
    tree.start();
    tree.supervisor.stop(() -> {});
    tree.advance(Duration.ofMillis(1500));
    tree.processes.goesOn(RUN);
    assertThat(tree.processes.takeSignals()).containsExactly("KILL " + RUN);
  }

  @Test
  void aFinishThatWasGivenUpIsKilledWhenItStarts() throws IOException {
    tree.processes.hangs(FINISH);
    tree.start();
    tree.letters("foo", "d");
    tree.exit(RUN, TreeFixture.FINE);
    tree.supervisor.stop(() -> {});
    tree.processes.takeSignals();
    tree.advance(Duration.ofMillis(1500));
    tree.processes.goesOn(FINISH);
    assertThat(tree.processes.takeSignals()).containsExactly("KILL " + FINISH);
  }
}
