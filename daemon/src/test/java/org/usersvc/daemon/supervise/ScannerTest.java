package org.usersvc.daemon.supervise;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.scan.ScanNames;
import org.usersvc.daemon.scan.Scanner;
import org.usersvc.daemon.scan.WatchTable;

/** What the scan directory's entries become, and how their coming and going is followed. */
final class ScannerTest {
  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
  }

  @AfterEach
  void close() {
    tree.close();
  }

  private void move(String from, String to) throws IOException {
    Files.move(tree.scan.resolve(from), tree.scan.resolve(to), ATOMIC_MOVE);
    tree.settle();
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path elsewhere(String name) throws IOException {
    var directory = Files.createDirectories(root.resolve(name));
    TreeFixture.script(directory, "run");
    return directory;
  }

  private List<String> names() {
    return tree.supervisor.services().stream().map(ServiceRecord::nativeName).sorted().toList();
  }

  @Test
  void dotNamesAndFilesAreNoServices() throws IOException {
    tree.service(".hidden");
    tree.service("foo");
    Files.createFile(tree.scan.resolve("README"));
    Files.createSymbolicLink(tree.scan.resolve("dangling"), Path.of("nowhere"));
    tree.start();
    assertThat(names()).containsExactly("foo");
    var supervisor = tree.supervisor;
    assertThat(supervisor.finder().refusal("dangling"))
        .startsWith(tree.scan + "/dangling is a link that leads nowhere, to nowhere; ");
    assertThat(supervisor.finder().refusal("README"))
        .isEqualTo(tree.scan + "/README is not a directory");
    assertThat(supervisor.finder().refusal(".hidden")).contains("leading dot");
    for (String name : List.of("nosuch", "foo", "foo/run", "", "/")) {
      assertThat(supervisor.finder().refusal(name)).as(name).isNull();
    }
  }

  /** Directories without run: what counts is their number. */
  @Test
  void whatIsBeyondTheLimitIsLeftOutUntilOthersHaveGone() throws IOException {
    for (int i = 0; i <= Scanner.MOST; i++) {
      Files.createDirectory(tree.scan.resolve("n%05d".formatted(i)));
    }
    var come = new ArrayList<String>();
    var scanner = scannerOf(come);
    scanner.scan();
    tree.settle();
    assertThat(come).hasSize(Scanner.MOST).doesNotContain("n10000");
    assertThat(scanner.refusal("n10000")).contains("more than 10000 services");
    assertThat(scanner.refusal("n00000")).isNull();
    assertThat(scanner.refusal("nosuch")).isNull();
    assertThat(tree.messages.warnings()).singleElement().asString().startsWith("n10000: ");
    Files.delete(tree.scan.resolve("n00003"));
    scanner.scan();
    tree.settle();
    assertThat(come).last().isEqualTo("n10000");
    assertThat(scanner.refusal("n10000")).isNull();
  }

  private Scanner scannerOf(List<String> come) {
    return new Scanner(
        tree.platform,
        new WatchTable(tree.platform),
        tree.scan.toString(),
        new ScanNames(),
        new Scanner.Tree() {
          @Override
          public void attach(String name, ServiceId id) {
            come.add(name);
          }

          @Override
          public void detach(String name, ServiceId id) {}
        });
  }

  @Test
  void aNewDirectoryIsTakenUpAtOnce() throws IOException {
    tree.start();
    tree.service("foo");
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void oneThatIsAskedForIsOpenedBeforeItsTurn() throws IOException {
    tree.start();
    for (String name : List.of("a", "b", "c", "d")) {
      TreeFixture.script(tree.service(name), "log/run");
    }
    for (int turns = 0; turns < 10 && !tree.supervisor.finder().isExpected("d"); turns++) {
      tree.loop.runOneTurn(true);
    }
    assertThat(names()).isEmpty();
    assertThat(tree.find("d").name()).isEqualTo("d");
    assertThat(tree.find("c/log").isLogger()).isTrue();
    assertThat(tree.find(tree.scan.resolve("b") + "/").name()).isEqualTo("b");
    assertThat(tree.supervisor.find("nosuch")).isNull();
    assertThat(names()).containsExactly("b", "c", "d");
    tree.settle();
    assertThat(tree.processes.spawned()).hasSize(8);
    assertThat(tree.processes.living()).hasSize(8);
  }

  @Test
  void aLinkWhoseTargetIsMadeAnewOrRepointedIsFollowed() throws IOException {
    elsewhere("gen1/foo");
    elsewhere("gen2/foo");
    Files.createSymbolicLink(root.resolve("profile"), Path.of("gen1"));
    Files.createSymbolicLink(tree.scan.resolve("foo"), root.resolve("profile/foo"));
    tree.start();
    assertThat(tree.processes.living()).containsExactly("foo/run");
    Files.createSymbolicLink(root.resolve("fresh"), Path.of("gen2"));
    Files.move(root.resolve("fresh"), root.resolve("profile"), ATOMIC_MOVE);
    tree.settle();
    assertThat(tree.processes.takeSignals()).contains("TERM foo/run");
    assertThat(tree.processes.spawned()).hasSize(2);
    delete(root.resolve("gen2/foo"));
    tree.settle();
    elsewhere("gen2/foo");
    tree.settle();
    assertThat(tree.processes.spawned()).hasSize(3);
  }

  @Test
  void aRunThatIsALinkIsFollowedWhileTheServiceWaitsForIt() throws IOException {
    var foo = Files.createDirectory(tree.scan.resolve("foo"));
    Files.createSymbolicLink(foo.resolve("run"), root.resolve("later/run"));
    tree.start();
    elsewhere("later");
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/run");
    for (int death = 1; death <= 3; death++) { // the next delay is longer than what a change waits
      tree.exit("foo/run", TreeFixture.FAILED);
      tree.advance(Duration.ofSeconds(death));
    }
    assertThat(tree.processes.living()).isEmpty();
    Files.writeString(root.resolve("later/run"), "#!/bin/sh\n# mended\n");
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void anyNameIsAName() throws IOException {
    tree.start();
    for (String name : List.of("a b", "new\nline", "größe", "-x", "%s", "log")) {
      tree.service(name);
    }
    tree.settle();
    assertThat(names()).containsExactly("%s", "-x", "a b", "größe", "log", "new\nline");
    assertThat(tree.find("new\nline").name()).isEqualTo("new\\x0aline");
    assertThat(tree.processes.living()).hasSize(6);
  }

  @Test
  void aNameOfStrayBytesIsAName() throws IOException {
    tree.start();
    tree.files.makeDirectory(FileSystem.ABSOLUTE, tree.scan + "/\uDCFFx\uDC80", 0755);
    tree.settle();
    assertThat(names()).containsExactly("\uDCFFx\uDC80");
    assertThat(tree.find("\uDCFFx\uDC80").name()).isEqualTo("\\xffx\\x80");
    tree.files.rename(FileSystem.ABSOLUTE, tree.scan + "/\uDCFFx\uDC80", tree.scan + "/x");
    tree.settle();
    assertThat(names()).containsExactly("x");
  }

  @Test
  void aServiceIsFoundByNameByPathAndByItsLogger() throws IOException {
    TreeFixture.script(tree.service("foo"), "log/run");
    tree.start();
    var main = tree.find("foo");
    assertThat(tree.find(tree.scan + "/foo")).isSameAs(main);
    assertThat(tree.find(tree.scan + "/foo/")).isSameAs(main);
    assertThat(tree.find(tree.scan + "/../scan/foo")).isSameAs(main);
    assertThat(tree.find("foo/log")).isSameAs(main.logger());
    assertThat(tree.find(tree.scan + "/foo/log")).isSameAs(main.logger());
    for (String unknown : List.of("", "/", "bar", "bar/log", "foo/", "foo/run", "/nowhere")) {
      var found = tree.supervisor.find(unknown);
      assertThat(found == null || unknown.equals("foo/")).as(unknown).isTrue();
    }
  }

  @Test
  void aServiceThatIsCalledLogIsFoundByItsPath() throws IOException {
    tree.service("log");
    tree.start();
    assertThat(tree.find(tree.scan + "/log")).isSameAs(tree.find("log"));
  }

  @Test
  void twoNamesOfOneDirectoryAreOneServiceUntilTheLastHasGone() throws IOException {
    var foo = tree.service("foo");
    Files.createSymbolicLink(tree.scan.resolve("alias"), foo);
    tree.start();
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.find("alias")).isSameAs(tree.find("foo"));
    assertThat(tree.find("foo").service().names()).containsExactlyInAnyOrder("alias", "foo");
    Files.delete(tree.scan.resolve("alias"));
    tree.settle();
    assertThat(tree.processes.takeSignals()).isEmpty();
    assertThat(tree.supervisor.find("alias")).isNull();
    move("foo", ".foo");
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
  }

  @Test
  void aRenameKeepsTheProcess() throws IOException {
    tree.service("foo");
    tree.start();
    var before = tree.find("foo");
    move("foo", "bar");
    assertThat(tree.processes.takeSignals()).isEmpty();
    assertThat(tree.processes.spawned()).hasSize(1);
    assertThat(tree.find("bar")).isSameAs(before);
    assertThat(tree.supervisor.find("foo")).isNull();
    tree.letters("bar", "h");
    assertThat(tree.processes.takeSignals()).containsExactly("HUP foo/run");
  }

  @Test
  void aRenameThatIsToldInHalvesKeepsTheProcess() throws IOException {
    tree.service("foo");
    tree.start();
    tree.watches.onePerTurn();
    move("foo", "bar");
    for (int i = 0; i < 5; i++) {
      tree.settle();
    }
    assertThat(tree.processes.takeSignals()).isEmpty();
    assertThat(names()).containsExactly("bar");
    assertThat(tree.find("bar").history().starts()).isOne();
  }

  @Test
  void twoServicesMaySwapTheirNames() throws IOException {
    tree.service("foo");
    tree.service("bar");
    tree.start();
    var foo = tree.find("foo");
    Files.move(tree.scan.resolve("foo"), tree.scan.resolve("third"), ATOMIC_MOVE);
    Files.move(tree.scan.resolve("bar"), tree.scan.resolve("foo"), ATOMIC_MOVE);
    move("third", "bar");
    assertThat(tree.find("bar")).isSameAs(foo);
    assertThat(tree.processes.takeSignals()).isEmpty();
    assertThat(names()).containsExactly("bar", "foo");
  }

  @Test
  void aServiceThatIsHiddenIsStoppedWithinTenSeconds() throws IOException {
    tree.service("foo");
    tree.start();
    move("foo", ".foo");
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
    tree.advance(Duration.ofMillis(9_999));
    assertThat(tree.processes.takeSignals()).isEmpty();
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL foo/run");
    tree.exit("foo/run", ExitStatus.killed(9, false));
    tree.advance(Duration.ofDays(1));
    assertThat(names()).isEmpty();
    assertThat(tree.processes.spawned()).hasSize(1);
  }

  @Test
  void aServiceThatComesBackWhileItStopsIsStartedAgain() throws IOException {
    tree.service("foo");
    tree.start();
    move("foo", ".foo");
    move(".foo", "bar");
    assertThat(tree.processes.living()).hasSize(1);
    tree.exit("foo/run", TreeFixture.FINE);
    tree.advance(Duration.ZERO);
    assertThat(tree.processes.living()).containsExactly("bar/run");
    assertThat(names()).containsExactly("bar");
  }

  @Test
  void ofADeletedServiceNothingIsLeft() throws IOException {
    var foo = tree.service("foo");
    TreeFixture.script(foo, "log/run");
    TreeFixture.script(foo, "finish");
    tree.start();
    assertThat(tree.runtime.resolve("supervise")).isNotEmptyDirectory();
    delete(foo);
    tree.settle();
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
    tree.exit("foo/run", TreeFixture.FINE);
    tree.exit("log/run", TreeFixture.FINE);
    assertThat(names()).isEmpty();
    assertThat(tree.runtime.resolve("supervise")).isEmptyDirectory();
  }

  @Test
  void aNameThatIsPointedElsewhereIsAnotherService() throws IOException {
    Files.createSymbolicLink(tree.scan.resolve("foo"), elsewhere("one"));
    tree.start();
    Files.createSymbolicLink(tree.scan.resolve(".new"), elsewhere("two"));
    move(".new", "foo");
    assertThat(tree.processes.living()).containsExactly("one/run", "two/run");
    assertThat(tree.processes.takeSignals()).containsExactly("TERM one/run", "CONT one/run");
    assertThat(names()).contains("foo");
    tree.exit("one/run", TreeFixture.FINE);
    assertThat(tree.find("foo").state().phase().pidOrZero())
        .isEqualTo(tree.processes.pid("two/run"));
  }

  @Test
  void aScanDirectoryThatIsMadeLaterIsTakenUp() throws IOException {
    Files.delete(tree.scan);
    tree.start();
    assertThat(tree.messages.warnings()).singleElement().asString().contains("mkdir");
    assertThat(tree.supervisor.finder().refusal("foo")).contains(tree.scan.toString());
    tree.service("foo");
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.supervisor.finder().refusal("foo")).isNull();
  }

  @Test
  void aScanDirectoryThatIsReplacedIsFollowed() throws IOException {
    tree.service("foo");
    tree.start();
    TreeFixture.script(root.resolve("next/bar"), "run");
    Files.move(tree.scan, root.resolve("old"));
    Files.move(root.resolve("next"), tree.scan);
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/run", "bar/run");
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
  }

  @Test
  void whileThePathLeadsNowhereServicesGoOn() throws IOException {
    tree.service("foo");
    tree.start();
    Files.move(tree.scan, root.resolve("away"));
    tree.settle();
    assertThat(tree.processes.takeSignals()).isEmpty();
    Files.move(root.resolve("away"), tree.scan);
    tree.settle();
    tree.service("bar");
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/run", "bar/run");
  }

  @Test
  void changesThatWereLostAreFoundByLookingAtAll() throws IOException {
    tree.service("foo");
    tree.start();
    tree.watches.lose();
    tree.service("bar");
    move("foo", ".foo");
    assertThat(names()).contains("bar");
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
  }

  @Test
  void switchingKeepsWhatBothDirectoriesHave() throws IOException {
    var common = elsewhere("common");
    Files.createSymbolicLink(tree.scan.resolve("same"), common);
    tree.service("old");
    var next = Files.createDirectory(root.resolve("next"));
    Files.createSymbolicLink(next.resolve("other-name"), common);
    TreeFixture.script(next.resolve("new"), "run");
    tree.start();
    var done = new ArrayList<String>();
    tree.supervisor.switchTo(next.toString(), () -> done.add("done"));
    tree.settle();
    assertThat(done).containsExactly("done");
    assertThat(tree.processes.takeSignals()).containsExactly("TERM old/run", "CONT old/run");
    assertThat(tree.processes.living())
        .containsExactlyInAnyOrder("common/run", "old/run", "new/run");
    assertThat(tree.find("other-name").history().starts()).isOne();
    assertThat(tree.supervisor.scanDirectory()).isEqualTo(next.toString());
  }

  @Test
  void switchingNowhereChangesNothing() throws IOException {
    tree.service("foo");
    tree.start();
    FileFault refusal = null;
    try {
      tree.supervisor.switchTo(root + "/nowhere", () -> {});
    } catch (FileFault fault) {
      refusal = fault;
    }
    assertThat(refusal).hasMessageContaining("nowhere");
    tree.settle();
    assertThat(names()).containsExactly("foo");
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void switchingALinkPointsItElsewhere() throws IOException {
    var next = Files.createDirectory(root.resolve("next"));
    TreeFixture.script(next.resolve("new"), "run");
    var real = Files.move(tree.scan, root.resolve("real"));
    Files.createSymbolicLink(tree.scan, real);
    tree.start();
    tree.supervisor.switchTo(next.toString(), () -> {});
    tree.settle();
    assertThat(tree.scan).isSymbolicLink();
    assertThat(Files.readSymbolicLink(tree.scan)).isEqualTo(next);
    assertThat(tree.processes.living()).containsExactly("new/run");
  }

  @Test
  void manyServicesAreOpenedInSeveralTurns() throws IOException {
    for (int i = 0; i < 100; i++) {
      tree.service("s" + i);
    }
    tree.processes.onSpawn(() -> tree.clock.advance(Duration.ofMillis(1)));
    tree.supervisor.start();
    tree.loop.runOneTurn(true);
    assertThat(tree.processes.living().size()).isBetween(1, 20);
    tree.settle();
    assertThat(tree.processes.living()).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void aServiceThatIsRenamedBeforeItWasOpenedIsNotLost() throws IOException {
    for (int i = 0; i < 200; i++) {
      tree.service("s" + i);
    }
    tree.processes.onSpawn(() -> tree.clock.advance(Duration.ofMillis(1)));
    tree.supervisor.start();
    String last =
        tree.files.list(FileSystem.ABSOLUTE, tree.scan.toString()).stream()
            .filter(tree.supervisor.finder()::isExpected)
            .toList()
            .getLast();
    move(last, "renamed");
    assertThat(tree.supervisor.find("renamed")).as(last).isNotNull();
  }
}
