package org.usersvc.daemon.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.supervise.TreeFixture;

final class ScanDirectoryTest {
  private final ArrayList<String> done = new ArrayList<>();
  @TempDir private Path root;
  private TreeFixture tree;
  private boolean fails;
  private ScanDirectory directory;

  @BeforeEach
  void begin() throws IOException {
    tree = new TreeFixture(root);
    tree.start();
    directory = new ScanDirectory(this::read, tree.supervisor);
  }

  @AfterEach
  void end() {
    tree.close();
  }

  private void read() {
    done.add("read");
    if (fails) {
      throw new IllegalStateException("a bug");
    }
  }

  @Test
  void readsTheFilesOfTheUserThenScans() {
    directory.rescan(() -> done.add("done"));
    tree.settle();
    assertThat(done).containsExactly("read", "done");
  }

  @Test
  void oneThatFailsDoesNotKeepTheNextWaiting() {
    fails = true;
    assertThatThrownBy(() -> directory.rescan(() -> done.add("failed"))).hasMessage("a bug");
    fails = false;
    directory.rescan(() -> done.add("done"));
    tree.settle();
    assertThat(done).containsExactly("read", "read", "done");
  }
}
