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
import org.usersvc.daemon.model.ExitStatus;

/** Log services and their pipes. */
final class LoggerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

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

  private void startLogged() throws IOException {
    TreeFixture.script(tree.service("foo"), "log/run");
    tree.start();
  }

  private boolean pipeIsOpen() {
    return TreeFixture.openDescriptors().stream()
        .anyMatch(open -> open.contains(tree.processes.spawned().getFirst().stdin()));
  }

  @Test
  void startsBeforeItsServiceAndReadsWhatThatWrites() throws IOException {
    startLogged();
    var logger = tree.processes.spawned().get(0);
    var service = tree.processes.spawned().get(1);
    assertThat(logger.name()).isEqualTo("log/run");
    assertThat(service.name()).isEqualTo("foo/run");
    assertThat(logger.stdin()).contains("/pipes/").isEqualTo(service.stdout());
    assertThat(logger.stdout()).isEqualTo("inherited");
    assertThat(service.stdin()).isEqualTo("inherited");
    assertThat(tree.stat("foo/log")).isEqualTo("run");
  }

  @Test
  void bothGetTheSamePipeAtEveryStart() throws IOException {
    startLogged();
    String pipe = tree.processes.spawned().getFirst().stdin();
    tree.advance(SECOND);
    tree.exit("log/run", TreeFixture.FAILED);
    assertThat(tree.processes.spawned().getLast().stdin()).isEqualTo(pipe);
    tree.exit("foo/run", TreeFixture.FAILED);
    assertThat(tree.processes.spawned().getLast().stdout()).isEqualTo(pipe);
  }

  @Test
  void finishAndControlScriptsWriteToTheLogToo() throws IOException {
    var foo = tree.service("foo");
    TreeFixture.script(foo, "log/run");
    TreeFixture.script(foo, "finish");
    TreeFixture.script(foo, "control/h");
    tree.start();
    String pipe = tree.processes.spawned().getFirst().stdin();
    tree.letters("foo", "h");
    assertThat(tree.processes.spawned().getLast().stdout()).isEqualTo(pipe);
    tree.exit("foo/control/h", TreeFixture.FINE);
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(tree.processes.spawned().getLast().name()).isEqualTo("foo/finish");
    assertThat(tree.processes.spawned().getLast().stdout()).isEqualTo(pipe);
  }

  @Test
  void aFileCalledLogIsNoLogger() throws IOException {
    Files.createFile(tree.service("foo").resolve("log"));
    tree.start();
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.supervisor.find("foo/log")).isNull();
  }

  @Test
  void oneThatAppearsLaterIsTakenUpAtTheNextStart() throws IOException {
    var foo = tree.service("foo");
    tree.start();
    tree.advance(Duration.ofSeconds(5));
    TreeFixture.script(foo, "log/run");
    tree.settle();
    assertThat(tree.processes.takeSignals()).isEmpty();
    assertThat(tree.messages.warnings().toString())
        .contains("used when the service is started next");
    tree.advance(SECOND);
    tree.exit("foo/run", TreeFixture.FAILED);
    assertThat(tree.processes.living()).containsExactly("log/run", "foo/run");
    assertThat(tree.processes.spawned().getLast().stdout()).contains("/pipes/");
  }

  @Test
  void runThatWasStartedWhileItsDirectoryWasCopiedIsStartedAgainWithIt() throws IOException {
    tree.start();
    var foo = tree.service("foo");
    tree.settle();
    Files.createDirectories(foo.resolve("log"));
    tree.settle();
    assertThat(tree.processes.takeSignals()).isEmpty();
    TreeFixture.script(foo, "log/run");
    tree.settle();
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run");
    tree.exit("foo/run", ExitStatus.killed(15, false));
    tree.advance(SECOND);
    assertThat(tree.processes.living()).containsExactly("log/run", "foo/run");
  }

  @Test
  void oneThatIsAddedToAServiceThatIsNotBeingCopiedIsNotTakenUpAtOnce() throws IOException {
    var foo = tree.service("foo");
    tree.start();
    var old = Files.createDirectories(tree.scan.resolve("old"));
    Files.createSymbolicLink(old.resolve("run"), Path.of("/bin/sh").toRealPath());
    tree.settle();
    TreeFixture.script(foo, "log/run");
    TreeFixture.script(old, "log/run");
    tree.settle();
    assertThat(tree.processes.takeSignals()).isEmpty();
    assertThat(tree.processes.living()).containsExactly("foo/run", "old/run");
    assertThat(foo.resolve("log/supervise")).doesNotExist();
    Files.delete(old.resolve("run")); // it leads out of the temporary directory
  }

  @Test
  void aDirectoryWithoutRunIsToldOnceAndTheBuiltInLoggerIsThere() throws IOException {
    Files.createDirectories(tree.service("foo").resolve("log"));
    tree.start();
    tree.advance(SECOND);
    tree.exit("foo/run", TreeFixture.FAILED);
    assertThat(tree.processes.spawned().getLast().stdout()).contains("-out");
    assertThat(tree.messages.warnings().toString().split("foo/log: there is no run in it", -1))
        .hasSize(2);
  }

  @Test
  void onceItsRunIsGoneThatIsTold() throws IOException {
    startLogged();
    Files.delete(tree.scan.resolve("foo/log/run"));
    tree.advance(SECOND);
    tree.exit("log/run", TreeFixture.FAILED);
    assertThat(tree.messages.warnings().toString()).contains("foo/log: has no run any more");
    TreeFixture.script(tree.scan.resolve("foo"), "log/run");
    tree.settle();
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("log/run", "foo/run");
  }

  private void removeLog() throws IOException {
    Files.move(tree.scan.resolve("foo/log"), root.resolve("removed"));
    tree.settle();
  }

  private void isLoggedByTheDaemonIn(String pipe) {
    assertThat(tree.logs.open.values()).extracting("name").containsExactly("foo");
    assertThat(tree.supervisor.find("foo/log")).isNull();
    tree.advance(SECOND);
    tree.exit("foo/run", TreeFixture.FAILED);
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.processes.spawned().getLast().stdout()).isEqualTo(pipe);
  }

  @Test
  void onceItsDirectoryAndItAreGoneTheDaemonReadsItsPipe() throws IOException {
    startLogged();
    String pipe = tree.processes.spawned().getFirst().stdin();
    removeLog();
    assertThat(tree.logs.open).isEmpty();
    tree.advance(SECOND);
    tree.exit("log/run", TreeFixture.FAILED);
    isLoggedByTheDaemonIn(pipe);
    assertThat(tree.messages.warnings().toString()).contains("foo/log: its directory was removed");
  }

  @Test
  void ofOneThatIsDownTheDirectoryIsRemovedAndComesAgain() throws IOException {
    startLogged();
    String pipe = tree.processes.spawned().getFirst().stdin();
    tree.letters("foo/log", "d");
    tree.exit("log/run", TreeFixture.FINE);
    removeLog();
    isLoggedByTheDaemonIn(pipe);
    TreeFixture.script(tree.scan.resolve("foo"), "log/run");
    tree.advance(SECOND);
    tree.exit("foo/run", TreeFixture.FAILED);
    assertThat(tree.processes.living()).containsExactly("log/run", "foo/run");
    assertThat(tree.processes.spawned().getLast().stdout()).isEqualTo(pipe);
    assertThat(tree.logs.open).isEmpty();
    assertThat(isOpen(pipe)).isTrue();
  }

  @Test
  void oneThatRunsWithoutItsDirectoryReadsToTheEndWhenTheServiceIsStartedNext() throws IOException {
    startLogged();
    String pipe = tree.processes.spawned().getFirst().stdin();
    removeLog();
    tree.advance(SECOND);
    tree.exit("foo/run", TreeFixture.FAILED);
    assertThat(TreeFixture.openDescriptors()).noneMatch(open -> open.endsWith(pipe));
    assertThat(tree.processes.spawned().getLast().stdout()).contains("-out");
    assertThat(tree.processes.living()).containsExactly("log/run", "foo/run");
    tree.advance(Duration.ofSeconds(10));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL log/run");
    tree.exit("log/run", ExitStatus.killed(9, false));
    assertThat(tree.supervisor.find("foo/log")).isNull();
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void anotherDirectoryInItsPlaceIsTakenUpAtOnceIfItDoesNotRun() throws IOException {
    startLogged();
    String pipe = tree.processes.spawned().getFirst().stdin();
    Files.move(tree.scan.resolve("foo/log"), root.resolve("removed"));
    TreeFixture.script(tree.scan.resolve("foo"), "log/run");
    tree.settle();
    tree.advance(SECOND);
    tree.exit("log/run", TreeFixture.FAILED);
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("log/run", "foo/run");
    assertThat(tree.processes.spawned().getLast().stdin()).isEqualTo(pipe);
    assertThat(tree.logs.open).isEmpty();
    assertThat(tree.stat("foo/log")).isEqualTo("run");
  }

  @Test
  void aDirectoryThatComesEndsItsRestartDelay() throws IOException {
    startLogged();
    tree.exit("log/run", TreeFixture.FAILED);
    tree.advance(SECOND);
    tree.exit("log/run", TreeFixture.FAILED);
    tree.advance(SECOND);
    assertThat(tree.processes.living()).containsExactly("foo/run");
    Files.createDirectory(tree.scan.resolve("foo/log/main"));
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/run", "log/run");
  }

  @Test
  void oneDirectoryForTwoServicesLogsTheFirstAndUsersvcdTheSecond() throws IOException {
    var template = Files.createDirectories(tree.scan.resolveSibling("template"));
    TreeFixture.script(template, "log/run");
    for (String name : new String[] {"bar", "foo"}) {
      Files.createSymbolicLink(tree.service(name).resolve("log"), template.resolve("log"));
    }
    tree.start();
    assertThat(tree.processes.living()).containsExactly("log/run", "bar/run", "foo/run");
    assertThat(tree.processes.spawned().getLast().stdout()).contains("-out");
    assertThat(tree.messages.warnings().toString())
        .contains("foo/log: its directory is supervised");
  }

  @Test
  void aDescriptorIsClosedByNobodyButItsOwnerAndOnlyWhenTheLogThreadHasLetGo() throws IOException {
    tree.service("foo");
    tree.start();
    tree.logs.hangs = true;
    String pipe = tree.processes.spawned().getFirst().stdout();
    Files.move(tree.scan.resolve("foo"), tree.scan.resolve(".foo"));
    tree.settle();
    tree.exit("foo/run", TreeFixture.FINE);
    tree.advance(Duration.ofSeconds(2));
    assertThat(tree.supervisor.services()).isEmpty();
    assertThat(isOpen(pipe)).as("the log thread still uses it").isTrue();
    Files.move(tree.scan.resolve(".foo"), tree.scan.resolve("foo"));
    tree.settle();
    assertThat(tree.processes.spawned().getLast().stdout()).isEqualTo(pipe);
    tree.logs.unanswered.removeFirst().run();
    tree.settle();
    assertThat(isOpen(pipe)).as("another run has taken it up").isTrue();
    tree.logs.hangs = false;
  }

  private boolean isOpen(String pipe) {
    return TreeFixture.openDescriptors().stream().anyMatch(open -> open.contains(pipe));
  }

  @Test
  void theBuiltInLoggerIsToldOfANewName() throws IOException {
    tree.service("foo");
    tree.start();
    Files.move(tree.scan.resolve("foo"), tree.scan.resolve("goo"));
    tree.service("foo");
    tree.settle();
    assertThat(tree.logs.open.values()).extracting("name").containsExactly("goo", "foo");
    Files.createSymbolicLink(tree.scan.resolve("bar"), Path.of("goo"));
    tree.settle();
    assertThat(tree.logs.open.values()).extracting("name").containsExactly("bar", "foo");
  }

  @Test
  void itsDownFileKeepsItDown() throws IOException {
    var foo = tree.service("foo");
    TreeFixture.script(foo, "log/run");
    Files.createFile(foo.resolve("log/down"));
    tree.start();
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.processes.spawned().getLast().stdout()).contains("/pipes/");
    tree.letters("foo/log", "u");
    assertThat(tree.processes.living()).containsExactly("foo/run", "log/run");
  }

  @Test
  void hasFinishButNoControlScriptsAndNoExit() throws IOException {
    var foo = tree.service("foo");
    TreeFixture.script(foo, "log/run");
    TreeFixture.script(foo, "log/finish");
    TreeFixture.script(foo, "log/control/t");
    tree.start();
    tree.letters("foo/log", "xt");
    assertThat(tree.processes.takeSignals()).containsExactly("TERM log/run");
    tree.exit("log/run", TreeFixture.FINE);
    assertThat(tree.processes.living()).containsExactly("foo/run", "log/finish");
  }

  @Test
  void endsByItselfAfterItsServiceWasToldToExit() throws IOException {
    startLogged();
    tree.letters("foo", "x");
    tree.processes.takeSignals();
    assertThat(pipeIsOpen()).isTrue();
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(pipeIsOpen()).as("the logger reads the end of its input").isFalse();
    tree.advance(Duration.ofDays(1));
    assertThat(tree.processes.takeSignals()).isEmpty();
    assertThat(tree.processes.living()).containsExactly("log/run");
    assertThat(tree.isOk("foo")).isTrue();
    tree.exit("log/run", TreeFixture.FINE);
    assertThat(tree.isOk("foo")).isFalse();
    assertThat(tree.isOk("foo/log")).isFalse();
    tree.advance(SECOND);
    assertThat(tree.processes.living()).containsExactly("log/run", "foo/run");
  }

  @Test
  void isNotStartedAgainOnceItsInputIsClosed() throws IOException {
    startLogged();
    tree.letters("foo", "x");
    tree.exit("foo/run", TreeFixture.FINE);
    tree.letters("foo/log", "u");
    tree.advance(SECOND);
    tree.exit("log/run", TreeFixture.FINE);
    assertThat(tree.processes.starts("log/run")).isOne();
    assertThat(tree.supervisor.find("foo")).isNull();
  }

  @Test
  void ofARemovedServiceHasTenSecondsToReadTheRest() throws IOException {
    startLogged();
    Files.move(tree.scan.resolve("foo"), tree.scan.resolve(".foo"));
    tree.settle();
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
    tree.exit("foo/run", TreeFixture.FINE);
    tree.advance(Duration.ofMillis(9_999));
    assertThat(tree.processes.takeSignals()).isEmpty();
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL log/run");
    tree.exit("log/run", ExitStatus.killed(9, false));
    assertThat(tree.supervisor.services()).isEmpty();
  }

  @Test
  void isStoppedLast() throws IOException {
    startLogged();
    tree.service("bar");
    tree.settle();
    tree.supervisor.stop(() -> {});
    tree.settle();
    assertThat(tree.processes.takeSignals())
        .containsExactlyInAnyOrder("TERM foo/run", "CONT foo/run", "TERM bar/run", "CONT bar/run");
    assertThat(pipeIsOpen()).isTrue();
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(pipeIsOpen()).isFalse();
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void oneThatDrainsIsBoundedWhenAllIsStopped() throws IOException {
    startLogged();
    tree.letters("foo", "x");
    tree.exit("foo/run", TreeFixture.FINE);
    tree.processes.takeSignals();
    tree.supervisor.stop(() -> {});
    tree.advance(Duration.ofSeconds(10));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL log/run");
  }
}
