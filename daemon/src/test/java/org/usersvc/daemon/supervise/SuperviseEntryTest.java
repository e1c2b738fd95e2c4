package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.files.FileSystem;

/** The entry supervise of a service directory is removed or replaced while the daemon runs. */
final class SuperviseEntryTest {
  private static final Duration SOON = Duration.ofMillis(100);

  @TempDir private Path root;
  private TreeFixture tree;
  private Path foo;
  private Path supervise;

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
    foo = tree.service("foo");
    supervise = foo.resolve("supervise");
  }

  @AfterEach
  void close() {
    tree.close();
  }

  private void expectReachable() throws IOException {
    assertThat(tree.isOk("foo")).isTrue();
    assertThat(tree.stat("foo")).isEqualTo("run");
    tree.letters("foo", "h");
    assertThat(tree.processes.takeSignals()).containsExactly("HUP foo/run");
    assertThat(tree.processes.starts("foo/run")).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "foo/log"})
  void aLinkThatIsRemovedIsMadeAnew(String directory) throws IOException {
    TreeFixture.script(foo, "log/run");
    tree.start();
    var link = tree.scan.resolve(directory).resolve("supervise");
    var target = Files.readSymbolicLink(link);
    int timers = tree.loop.timers().pending();
    Files.delete(link);
    tree.advance(SOON);
    assertThat(Files.readSymbolicLink(link)).isEqualTo(target);
    assertThat(tree.loop.timers().pending()).isEqualTo(timers);
    expectReachable();
    assertThat(tree.messages.warnings()).singleElement().asString().contains("made anew");
  }

  @Test
  void aFileInItsPlaceIsReplaced() throws IOException {
    tree.start();
    Files.delete(supervise);
    Files.createFile(supervise);
    tree.advance(SOON);
    assertThat(supervise).isSymbolicLink();
    expectReachable();
  }

  @Test
  void aLinkToAnythingElseIsReplaced() throws IOException {
    tree.start();
    var target = Files.readSymbolicLink(supervise);
    Files.delete(supervise);
    Files.createSymbolicLink(supervise, root);
    tree.advance(SOON);
    assertThat(Files.readSymbolicLink(supervise)).isEqualTo(target);
    expectReachable();
  }

  @Test
  void aDirectoryThatNobodyHasLockedIsUsed() throws IOException {
    tree.start();
    var before = supervise.toRealPath();
    Files.delete(supervise);
    Files.createDirectory(supervise);
    tree.advance(SOON);
    assertThat(Files.isDirectory(supervise, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(before).doesNotExist();
    expectReachable();
  }

  @Test
  void aDirectoryThatAnotherSupervisorHasLockedIsNamedAndLeft() throws IOException {
    tree.start();
    Files.delete(supervise);
    Files.createDirectory(supervise);
    int lock = tree.files.openLockFile(FileSystem.ABSOLUTE, supervise + "/lock");
    assertThat(tree.files.lock(lock)).isTrue();
    tree.advance(SOON);
    tree.advance(Duration.ofSeconds(10));
    assertThat(tree.messages.warnings())
        .singleElement()
        .asString()
        .contains(foo.toString(), "supervise/lock", "end that supervisor", "usersvc rescan");
    assertThat(supervise.resolve("status")).doesNotExist();
    assertThat(tree.processes.living()).containsExactly("foo/run");
    tree.files.close(lock);
    tree.supervisor.rescan(() -> {});
    tree.settle();
    expectReachable();
  }

  @Test
  void aDirectoryOfRunsvThatIsRemovedIsMadeAnew() throws IOException {
    Files.createDirectory(supervise);
    tree.start();
    Files.move(supervise, root.resolve("taken"));
    tree.advance(SOON);
    assertThat(supervise).isSymbolicLink();
    expectReachable();
  }

  @Test
  void whatCannotBeReplacedIsToldOnce() throws IOException {
    tree.start();
    var obstacle = Files.createDirectories(foo.resolve("supervise.new/mine"));
    Files.delete(supervise);
    Files.createFile(supervise);
    tree.advance(SOON);
    tree.supervisor.rescan(() -> {});
    tree.advance(Duration.ofSeconds(10));
    assertThat(tree.messages.warnings())
        .singleElement()
        .asString()
        .contains(foo.toString(), "supervise.new", "usersvc rescan");
    Files.delete(obstacle);
    tree.supervisor.rescan(() -> {});
    tree.settle();
    expectReachable();
  }

  @Test
  void aRescanMakesItAnewAtOnce() throws IOException {
    tree.start();
    Files.delete(supervise);
    tree.supervisor.rescan(() -> {});
    tree.settle();
    expectReachable();
  }

  @Test
  void aLinkIsMadeAnewAlthoughItsRemovalWasNotSeen() throws IOException {
    tree.start();
    Files.delete(supervise);
    tree.watches.lose();
    tree.advance(SOON);
    expectReachable();
  }

  @Test
  void theRemovalOfADirectoryIsNotHindered() throws IOException {
    tree.start();
    Files.delete(supervise);
    tree.settle();
    Files.delete(foo.resolve("run"));
    tree.advance(Duration.ofSeconds(1));
    assertThat(foo).isEmptyDirectory();
    TreeFixture.script(foo, "run");
    tree.settle();
    tree.advance(SOON);
    expectReachable();
  }

  @Test
  void aServiceThatIsToGoGetsNone() throws IOException {
    tree.start();
    var away = Files.move(foo, root.resolve("away"));
    tree.settle();
    Files.delete(away.resolve("supervise"));
    tree.advance(SOON);
    assertThat(away.resolve("supervise")).doesNotExist();
    tree.exit("foo/run", TreeFixture.FINE);
  }
}
