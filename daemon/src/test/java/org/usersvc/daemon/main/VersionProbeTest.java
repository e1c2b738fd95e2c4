package org.usersvc.daemon.main;

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
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.supervise.TreeFixture;

final class VersionProbeTest {
  private static final String CHILD = "bin/usersvcd";

  @TempDir private Path root;
  private final List<String> results = new ArrayList<>();
  private TreeFixture tree;
  private Path program;

  @BeforeEach
  void begin() throws IOException {
    program = root.resolve(CHILD);
    TreeFixture.script(Files.createDirectories(program.getParent()), "usersvcd");
    tree = new TreeFixture(root);
  }

  @AfterEach
  void end() {
    tree.close();
  }

  private void rehearse(String output) {
    tree.processes.prints(CHILD, output);
    new VersionProbe(tree.platform, program.toString(), results::add).begin(Environment.EMPTY);
    tree.settle();
  }

  @Test
  void whatTellsItsVersionCanTakeOver() {
    rehearse("WARNING: of the JVM\nusersvcd 2.0\n");
    assertThat(results).as("while it lives").isEmpty();
    tree.exit(CHILD, TreeFixture.FINE);
    assertThat(results).containsExactly("");
  }

  @Test
  void whatFailsIsToldWithTheLastThatItSaid() {
    rehearse("usersvcd 2.0\nusersvcd: fatal: a.jar is damaged\n");
    tree.exit(CHILD, TreeFixture.FAILED);
    assertThat(results)
        .containsExactly(program + " --version: exit 1: usersvcd: fatal: a.jar is damaged");
  }

  @Test
  void whatIsNoDaemonCannotTakeOver() {
    rehearse("systemd 252\n");
    tree.exit(CHILD, TreeFixture.FINE);
    assertThat(results).singleElement().asString().endsWith(": systemd 252");
  }

  @Test
  void whatDoesNotAnswerIsKilledAfter10Seconds() {
    rehearse("usersvcd 2.0\n");
    tree.advance(Duration.ofSeconds(9));
    assertThat(results).isEmpty();
    tree.advance(Duration.ofSeconds(1));
    assertThat(results).containsExactly(program + " --version: no answer in 10 s");
    assertThat(tree.processes.takeSignals()).containsExactly("KILL " + CHILD);
    tree.exit(CHILD, TreeFixture.FAILED);
    assertThat(results).as("told once").hasSize(1);
  }

  @Test
  void whatHangsBeforeItIsExecutedIsKilledWhenItIs() {
    tree.processes.hangs(CHILD);
    new VersionProbe(tree.platform, program.toString(), results::add).begin(Environment.EMPTY);
    tree.advance(Duration.ofSeconds(10));
    assertThat(results).containsExactly(program + " --version: no answer in 10 s");
    tree.processes.goesOn(CHILD);
    assertThat(tree.processes.takeSignals()).containsExactly("KILL " + CHILD);
    tree.exit(CHILD, TreeFixture.FAILED);
    assertThat(results).as("told once").hasSize(1);
  }

  @Test
  void whatCannotBeExecutedCannotTakeOver() {
    tree.processes.refuse(CHILD, Errno.EACCES);
    rehearse("");
    assertThat(results).singleElement().asString().startsWith("execute " + program + ": ");
  }

  @Test
  void whatIsGoneCannotTakeOver() throws IOException {
    Files.delete(program);
    Files.delete(program.getParent());
    rehearse("");
    assertThat(results).singleElement().asString().contains(root.resolve("bin").toString());
  }
}
