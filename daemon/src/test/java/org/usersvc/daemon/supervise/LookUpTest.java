package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.LookUp.Found;
import org.usersvc.daemon.view.LookUp.NoSuchService;
import org.usersvc.daemon.view.LookUp.NotSupervised;

/** What names are, to every door. */
final class LookUpTest {
  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void start() throws IOException {
    tree = new TreeFixture(root);
    tree.service("foo");
    tree.start();
  }

  @AfterEach
  void stop() {
    tree.close();
  }

  private LookUp lookUp(String name) {
    return tree.services.lookUp(name);
  }

  @Test
  void aServiceIsFoundByNameAndPath() {
    var process = tree.find("foo");
    assertThat(lookUp("foo")).isEqualTo(new Found(process));
    assertThat(lookUp(tree.scan + "/foo")).isEqualTo(new Found(process));
  }

  @Test
  void whatIsNotThereIsNoService() {
    var nothing = new NoSuchService("no such service in " + tree.scan + "; see usersvc list");
    assertThat(lookUp("nope")).isEqualTo(nothing);
    assertThat(lookUp("")).isEqualTo(nothing);
    assertThat(lookUp("/nowhere")).isEqualTo(nothing);
  }

  @Test
  void aDirectoryThatIsThereIsNotSupervisedForAReason() throws IOException {
    Files.createDirectory(tree.scan.resolve(".hidden"));
    assertThat(lookUp(".hidden"))
        .isEqualTo(new NotSupervised("names with a leading dot are no services"));
    assertThat(lookUp(root.toString()))
        .isEqualTo(new NotSupervised("not supervised by this daemon"));
  }
}
