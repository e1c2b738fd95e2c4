package org.usersvc.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.os.HeldDescriptors;
import org.usersvc.daemon.os.KeptDescriptors;
import org.usersvc.daemon.supervise.TreeFixture;

final class KeeperTest {
  private static final String CHILD = "bin/usersvc-keeper";
  private static final ExitStatus KILLED = ExitStatus.killed(9, false);
  private static final int OTHER = 77;

  @TempDir private Path root;
  private TreeFixture tree;
  private Path lock;
  private Keeper keeper;

  @BeforeEach
  void begin() throws IOException {
    var program = root.resolve(CHILD);
    TreeFixture.script(Files.createDirectories(program.getParent()), "usersvc-keeper");
    tree = new TreeFixture(root);
    lock = Path.of(tree.platform.runtime().path()).resolve("keeper");
    keeper = keeper(program.toString());
  }

  private Keeper keeper(@Nullable String program) {
    var held = new HeldDescriptors(new KeptDescriptors(), tree.messages::warn);
    return new Keeper(tree.platform, program, held);
  }

  @AfterEach
  void end() {
    keeper.end();
    while (!tree.processes.living().isEmpty()) {
      tree.processes.exitEldest(TreeFixture.FINE);
    }
    tree.close();
  }

  @Test
  void oneThatDiesIsStartedAgainLaterEachTimeAndToldOnce() {
    keeper.begin();
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      tree.exit(CHILD, KILLED);
      tree.advance(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(tree.processes.living()).as("before %d s", seconds).isEmpty();
      tree.advance(Duration.ofNanos(1));
      assertThat(tree.processes.living()).containsExactly(CHILD);
    }
    assertThat(tree.messages.warnings())
        .containsExactly("usersvc-keeper: " + KILLED.describe() + ", starting it again");
  }

  @Test
  void oneThatHasLivedForAMinuteIsStartedAgainSoon() {
    keeper.begin();
    tree.exit(CHILD, KILLED);
    tree.advance(Duration.ofSeconds(1));
    tree.advance(Duration.ofSeconds(60));
    tree.exit(CHILD, KILLED);
    tree.advance(Duration.ofSeconds(1));
    assertThat(tree.processes.living()).containsExactly(CHILD);
    assertThat(tree.messages.warnings()).hasSize(2);
  }

  @Test
  void oneThatFindsAnotherIsNotMissedUntilThatOneEnds() throws IOException {
    tree.processes.strangerLives(OTHER);
    Files.writeString(lock, OTHER + "\n");
    keeper.begin();
    tree.exit(CHILD, TreeFixture.FINE);
    tree.advance(Duration.ofMinutes(10));
    assertThat(tree.processes.living()).isEmpty();
    tree.processes.strangerEnds(OTHER, KILLED);
    tree.advance(Duration.ofSeconds(1));
    assertThat(tree.processes.living()).containsExactly(CHILD);
  }

  @Test
  void withoutAProgramThereIsNone() throws FileFault {
    keeper(null).begin();
    keeper(root.resolve("bin/nothing").toString()).begin();
    assertThat(tree.processes.living()).isEmpty();
    assertThat(tree.messages.warnings()).isEmpty();
  }

  @Test
  void oneThatCannotBeExecutedIsToldWithWhatMayBeLost() {
    tree.processes.refuse(CHILD, Errno.EACCES);
    keeper.begin();
    assertThat(tree.messages.warnings())
        .singleElement()
        .asString()
        .startsWith("execute " + root.resolve(CHILD) + ": ")
        .endsWith("; what services write last while no usersvcd lives may be lost, going on");
  }

  @Test
  void inANewDirectoryAnotherOneTakesItsPlace() throws IOException {
    Files.writeString(lock, "1000\n");
    keeper.begin();
    keeper.settle();
    assertThat(tree.processes.living()).as("all is there").hasSize(1);
    Files.delete(lock);
    keeper.settle();
    assertThat(tree.processes.takeSignals()).containsExactly("TERM " + CHILD);
    assertThat(tree.processes.living()).containsExactly(CHILD, CHILD);
    tree.processes.exitEldest(KILLED);
    tree.advance(Duration.ofSeconds(100));
    assertThat(tree.processes.living()).as("nobody misses the first").containsExactly(CHILD);
  }

  @Test
  void withTheDaemonItGoes() throws IOException {
    Files.writeString(lock, "1000\n");
    keeper.begin();
    keeper.end();
    assertThat(lock).doesNotExist();
    tree.exit(CHILD, KILLED);
    tree.advance(Duration.ofMinutes(2));
    assertThat(tree.processes.living()).isEmpty();
    assertThat(tree.messages.warnings()).isEmpty();
  }
}
