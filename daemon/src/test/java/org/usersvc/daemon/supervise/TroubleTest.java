package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.lifecycle.Command;

/** Locks that others hold, files that others removed, limits that are reached. */
final class TroubleTest {
  /** So many that some are started before any supervise/ is made. */
  private static final int MANY = 32;

  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path root;
  private TreeFixture tree;
  private final List<String> done = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
  }

  @AfterEach
  void close() {
    tree.close();
  }

  /** Takes the lock as a runsv does. */
  private int hold(Path directory) throws IOException {
    var supervise = Files.createDirectories(directory.resolve("supervise"));
    int lock = tree.files.openLockFile(FileSystem.ABSOLUTE, supervise + "/lock");
    assertThat(tree.files.lock(lock)).isTrue();
    return lock;
  }

  private void rescan() {
    tree.supervisor.rescan(() -> done.add("done"));
    tree.settle();
  }

  @Test
  void servicesThatRunWithoutADescriptorLeftAreReachableWhenThereAreSome() throws IOException {
    for (int i = 0; i < MANY; i++) {
      tree.service("s" + i);
    }
    Files.createDirectory(tree.scan.resolve("s7/supervise")); // as runsv makes it
    tree.supervisor.start();
    while (tree.processes.living().size() < MANY) {
      tree.loop.runOneTurn(true);
    }
    tree.descriptors.leave(0);
    tree.settle();
    assertThat(tree.isOk("s7")).isFalse();
    assertThat(tree.isOk("s8")).isFalse();
    tree.advance(SECOND);
    tree.descriptors.end();
    tree.advance(SECOND.multipliedBy(2));
    for (int i = 0; i < MANY; i++) {
      assertThat(tree.isOk("s" + i)).as("s" + i).isTrue();
    }
  }

  @Test
  void aServiceThatAnotherSupervisorTakesWhileItStartsIsLeftToIt() throws IOException {
    var foo = tree.service("foo");
    for (int i = 0; i < MANY; i++) {
      tree.service("s" + i);
    }
    tree.retriesMayBeLeft();
    tree.supervisor.start();
    tree.loop.runOneTurn(true);
    assertThat(tree.processes.living()).contains("foo/run");
    int lock = hold(foo);
    tree.settle();
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
    tree.exit("foo/run", TreeFixture.FINE);
    tree.advance(SECOND);
    assertThat(tree.processes.living()).hasSize(MANY).doesNotContain("foo/run");
    assertThat(tree.supervisor.finder().refusal("foo")).contains("supervise/lock");
    tree.files.close(lock);
  }

  @Test
  void amongFewServicesOneThatAnotherSupervisorHasTakenIsNotStarted() throws IOException {
    var foo = tree.service("foo");
    tree.service("bar");
    tree.retriesMayBeLeft();
    tree.supervisor.start();
    int lock = hold(foo);
    tree.settle();
    assertThat(tree.processes.starts("foo/run")).isZero();
    assertThat(tree.processes.living()).containsExactly("bar/run");
    assertThat(tree.supervisor.finder().refusal("foo")).contains("supervise/lock");
    tree.files.close(lock);
  }

  @Test
  void aServiceThatIsSupervisedElsewhereIsRefusedByNameOfTheHolder() throws IOException {
    int lock = hold(tree.service("foo"));
    tree.retriesMayBeLeft();
    tree.start();
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.supervisor.find("foo")).isNull();
    assertThat(tree.supervisor.finder().refusal("foo"))
        .contains("supervise/lock", "pid " + ProcessHandle.current().pid());
    assertThat(tree.messages.warnings()).hasSize(1);
    tree.files.close(lock);
  }

  @Test
  void itIsTriedAgainInSilenceAndTakenOverWhenItCan() throws IOException {
    int lock = hold(tree.service("foo"));
    tree.start();
    for (int seconds : new int[] {1, 2, 4}) {
      tree.advance(Duration.ofSeconds(seconds));
    }
    assertThat(tree.messages.warnings()).hasSize(1);
    tree.files.close(lock);
    tree.advance(Duration.ofSeconds(8));
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.supervisor.finder().refusal("foo")).isNull();
  }

  @Test
  void whatMakesNoSenseIsToldOnceUntilItHasChanged() throws IOException {
    var foo = tree.service("foo");
    Files.writeString(foo.resolve("type"), "often\n");
    Files.writeString(foo.resolve("timeout-kill"), "soon\n");
    Files.createDirectory(foo.resolve("needs-env"));
    tree.start();
    for (int i = 0; i < 3; i++) {
      tree.letters("foo", "d");
      tree.exit("foo/run", TreeFixture.FINE);
      tree.letters("foo", "u");
      tree.advance(SECOND);
    }
    assertThat(tree.processes.starts("foo/run")).isEqualTo(4);
    assertThat(tree.messages.warnings())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("foo: type says 'often'"))
        .anyMatch(line -> line.startsWith("foo: timeout-kill says 'soon'"))
        .anyMatch(line -> line.contains("needs-env"));
    Files.writeString(foo.resolve("type"), "daily\n");
    tree.letters("foo", "t");
    tree.exit("foo/run", TreeFixture.FINE);
    tree.advance(SECOND);
    assertThat(tree.messages.warnings()).hasSize(4).last().asString().contains("'daily'");
  }

  @Test
  void aRescanTriesItAtOnce() throws IOException {
    int lock = hold(tree.service("foo"));
    tree.retriesMayBeLeft();
    tree.start();
    tree.files.close(lock);
    rescan();
    assertThat(done).containsExactly("done");
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void howeverOftenItIsRescannedThereIsOneRetry() throws IOException {
    int lock = hold(tree.service("foo"));
    tree.retriesMayBeLeft();
    tree.start();
    for (int i = 0; i < 5; i++) {
      rescan();
    }
    tree.files.close(lock);
    assertThat(tree.loop.timers().pending()).isOne();
  }

  @Test
  void aLoggerThatIsSupervisedElsewhereKeepsTheServiceFromStarting() throws IOException {
    var foo = tree.service("foo");
    TreeFixture.script(foo, "log/run");
    int lock = hold(foo.resolve("log"));
    tree.start();
    assertThat(tree.processes.spawned()).isEmpty();
    tree.files.close(lock);
    tree.advance(SECOND);
    assertThat(tree.processes.living()).containsExactly("log/run", "foo/run");
  }

  @Test
  void aSuperviseDirectoryOfRunsvIsUsedAsItIs() throws IOException {
    var foo = tree.service("foo");
    tree.files.close(hold(foo));
    tree.start();
    assertThat(foo.resolve("supervise")).isDirectory();
    assertThat(Files.isSymbolicLink(foo.resolve("supervise"))).isFalse();
    assertThat(tree.stat("foo")).isEqualTo("run");
  }

  @Test
  void aSuperviseLinkIsFollowedToWhatASupervisorHasMade() throws IOException {
    var foo = tree.service("foo");
    var mine = Files.createDirectory(root.resolve("mine"));
    Files.createFile(mine.resolve("lock"));
    tree.files.makeFifo(FileSystem.ABSOLUTE, mine + "/control", 0600);
    Files.createSymbolicLink(foo.resolve("supervise"), mine);
    tree.start();
    assertThat(mine.resolve("status")).exists();
    assertThat(Files.readSymbolicLink(foo.resolve("supervise"))).isEqualTo(mine);
  }

  @Test
  void aSuperviseLinkToAnythingElseIsReplacedAndNothingIsWrittenThere() throws IOException {
    var mine = Files.createDirectory(root.resolve("mine"));
    Files.createFile(mine.resolve("lock"));
    var targets = List.of("..", ".", mine.toString(), "../foo0", "/etc", "/nowhere/at/all", "run");
    for (int i = 0; i < targets.size(); i++) {
      Files.createSymbolicLink(
          tree.service("foo" + i).resolve("supervise"), Path.of(targets.get(i)));
    }
    tree.start();
    for (int i = 0; i < targets.size(); i++) {
      var foo = tree.scan.resolve("foo" + i);
      assertThat(tree.isOk("foo" + i)).as(targets.get(i)).isTrue();
      assertThat(foo.resolve("supervise").toRealPath().getParent())
          .isEqualTo(tree.runtime.resolve("supervise"));
      assertThat(foo.resolve("status")).doesNotExist();
    }
    assertThat(tree.scan.resolve("status")).doesNotExist();
    assertThat(mine.resolve("status")).doesNotExist();
    assertThat(tree.messages.warnings()).isEmpty();
  }

  @Test
  void aLinkToAPlaceThatAnotherDaemonHasLockedStays() throws IOException {
    var foo = tree.service("foo");
    var found = Objects.requireNonNull(tree.files.stat(FileSystem.ABSOLUTE, foo.toString()));
    var other = root.resolve("usersvc-b/supervise/" + found.id().asFileName());
    Files.createDirectories(other);
    int lock = tree.files.openLockFile(FileSystem.ABSOLUTE, other + "/lock");
    assertThat(tree.files.lock(lock)).isTrue();
    Files.createSymbolicLink(foo.resolve("supervise"), other);
    tree.start();
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(Files.readSymbolicLink(foo.resolve("supervise"))).isEqualTo(other);
    tree.files.close(lock);
    tree.advance(SECOND);
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void atTheEndOfSupervisionThereIsWhatRunsvLeaves() throws IOException {
    var foo = tree.service("foo");
    TreeFixture.script(foo, "log/run");
    tree.start();
    assertThat(foo.resolve("supervise")).isSymbolicLink();
    tree.letters("foo", "x");
    tree.exit("foo/run", TreeFixture.FINE);
    tree.exit("log/run", TreeFixture.FINE);
    assertThat(foo.resolve("supervise")).isSymbolicLink(); // it comes back in a second
    tree.advance(SECOND);
    var away = Files.move(foo, root.resolve("away"));
    tree.settle();
    tree.exit("foo/run", TreeFixture.FINE);
    tree.exit("log/run", TreeFixture.FINE);
    for (var supervise : List.of(away.resolve("supervise"), away.resolve("log/supervise"))) {
      assertThat(Files.isDirectory(supervise, LinkOption.NOFOLLOW_LINKS)).isTrue();
      assertThat(supervise.resolve("stat")).hasContent("down\n");
      assertThat(supervise.resolve("pid")).isEmptyFile();
      assertThat(supervise.resolve("status")).hasSize(20);
      assertThat(entries(supervise)).containsExactly("control", "ok", "pid", "stat", "status");
    }
    assertThat(entries(away)).containsExactly("log", "run", "supervise");
    Files.move(away, foo);
    tree.settle();
    assertThat(foo.resolve("supervise")).isSymbolicLink();
    assertThat(foo.resolve("log/supervise")).isSymbolicLink();
    assertThat(tree.messages.warnings()).isEmpty();
  }

  private static List<String> entries(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  /** What a daemon leaves at the end of supervision. */
  private static Path leftover(Path foo) throws IOException {
    var supervise = Files.createDirectory(foo.resolve("supervise"));
    for (String name : List.of("control", "ok", "pid", "stat", "status")) {
      Files.createFile(supervise.resolve(name));
    }
    return supervise;
  }

  @Test
  void whatRunsvHasLockedIsItsOwn() throws IOException {
    var foo = tree.service("foo");
    leftover(foo);
    int lock = hold(foo);
    tree.start();
    assertThat(tree.processes.spawned()).isEmpty();
    assertThat(tree.supervisor.finder().refusal("foo")).contains("supervise/lock");
    tree.files.close(lock);
    tree.advance(SECOND);
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(Files.isDirectory(foo.resolve("supervise"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void whatIsLeftIsUsedAsItIsIfSomethingElseIsInIt() throws IOException {
    var foo = tree.service("foo");
    Files.writeString(leftover(foo).resolve("mine"), "kept\n");
    tree.start();
    assertThat(foo.resolve("supervise/mine")).hasContent("kept\n");
    assertThat(tree.stat("foo")).isEqualTo("run");
  }

  @Test
  void anAttemptThatWasCutOffIsNotInTheWay() throws IOException {
    var foo = tree.service("foo");
    Files.move(leftover(foo), foo.resolve("supervise.new"));
    tree.start();
    Files.move(foo, root.resolve("away"));
    tree.settle();
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(entries(root.resolve("away"))).containsExactly("run", "supervise");
  }

  @Test
  void ofADirectoryThatIsRemovedNothingIsLeft() throws IOException {
    var foo = tree.service("foo");
    tree.start();
    Files.delete(foo.resolve("supervise"));
    Files.delete(foo.resolve("run"));
    Files.delete(foo);
    tree.settle();
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(foo).doesNotExist();
    assertThat(entries(tree.runtime.resolve("supervise"))).isEmpty();
  }

  @Test
  void aSuperviseLinkOfADeadDaemonIsReplaced() throws IOException {
    var foo = tree.service("foo");
    var old = Path.of("/nowhere/usersvc/supervise/1f-2a");
    Files.createSymbolicLink(foo.resolve("supervise"), old);
    tree.start();
    assertThat(Files.readSymbolicLink(foo.resolve("supervise")).getParent())
        .isEqualTo(tree.runtime.resolve("supervise"));
    assertThat(tree.messages.warnings()).isEmpty();
  }

  @Test
  void aRescanMakesFifosAnewThatWereRemovedOrReplaced() throws IOException {
    var foo = tree.service("foo");
    tree.service("bar");
    tree.start();
    Files.delete(foo.resolve("supervise/control"));
    Files.delete(foo.resolve("supervise/ok"));
    Files.createFile(foo.resolve("supervise/ok"));
    rescan();
    assertThat(done).containsExactly("done");
    assertThat(tree.messages.warnings()).singleElement().asString().startsWith("foo: ");
    assertThat(tree.isOk("foo")).isTrue();
    tree.letters("foo", "h");
    tree.letters("bar", "1");
    assertThat(tree.processes.takeSignals()).containsExactly("HUP foo/run", "USR1 bar/run");
  }

  @Test
  void aRescanEndsAlthoughSuperviseCannotBeMended() throws IOException {
    var foo = tree.service("foo");
    tree.start();
    var supervise = foo.resolve("supervise").toRealPath();
    Files.move(supervise, root.resolve("taken"));
    Files.createFile(supervise);
    rescan();
    rescan();
    assertThat(done).containsExactly("done", "done");
    Files.delete(supervise);
    Files.move(root.resolve("taken"), supervise);
    Files.delete(supervise.resolve("control"));
    rescan();
    tree.letters("foo", "h");
    assertThat(tree.processes.takeSignals()).containsExactly("HUP foo/run");
  }

  @Test
  void aStatusThatCannotBeWrittenIsToldOnceAndWrittenLater() throws IOException {
    var foo = tree.service("foo");
    tree.start();
    var supervise = foo.resolve("supervise").toRealPath();
    Files.move(supervise, root.resolve("taken"));
    Files.createFile(supervise);
    tree.find("foo").command(Command.PAUSE);
    tree.settle();
    tree.find("foo").command(Command.CONT);
    tree.settle();
    tree.find("foo").command(Command.PAUSE);
    tree.advance(SECOND);
    assertThat(tree.messages.warnings()).singleElement().asString().contains("old status");
    Files.delete(supervise);
    Files.move(root.resolve("taken"), supervise);
    tree.advance(SECOND.multipliedBy(2));
    assertThat(tree.stat("foo")).isEqualTo("run, paused");
  }

  @Test
  void aPlaceThatWasTakenIsMadeAnew() throws IOException {
    var foo = tree.service("foo");
    tree.start();
    Files.move(foo.resolve("supervise").toRealPath(), root.resolve("taken"));
    tree.find("foo").command(Command.PAUSE);
    tree.settle();
    tree.advance(SECOND);
    assertThat(tree.stat("foo")).isEqualTo("run, paused");
    tree.letters("foo", "c");
    assertThat(tree.stat("foo")).isEqualTo("run");
    assertThat(tree.messages.warnings()).isEmpty();
  }

  @Test
  void filesOfAPlaceThatWereRemovedAreMadeAnewAtOnce() throws IOException {
    var foo = tree.service("foo");
    tree.start();
    for (var name : List.of("status", "stat", "pid", "lock")) {
      Files.delete(foo.resolve("supervise").resolve(name));
    }
    tree.loop.runOneTurn(true);
    assertThat(foo.resolve("supervise/status")).exists();
    tree.advance(SECOND);
    assertThat(tree.stat("foo")).isEqualTo("run");
    assertThat(foo.resolve("supervise/lock")).exists();
    assertThat(foo.resolve("supervise/pid")).hasContent(tree.processes.pid("foo/run") + "\n");
    tree.letters("foo", "h");
    assertThat(tree.processes.takeSignals()).contains("HUP foo/run");
    assertThat(tree.messages.warnings()).isEmpty();
  }
}
