package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.Watcher;

/** What becomes of processes: started, told, ended, started again. */
final class SupervisorTest {
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

  @Test
  void nothingStartsWhileTheDaemonIsAboutToEnd() throws IOException {
    tree.service("crashing");
    tree.service("steady");
    tree.start();
    tree.supervisor.startNone();
    tree.exit("crashing/run", ExitStatus.exited(1));
    tree.advance(Duration.ofSeconds(5));
    assertThat(tree.processes.living()).containsExactly("steady/run");
    assertThat(tree.find("crashing").missing()).containsExactly("the next usersvcd");
    var gone = new AtomicBoolean();
    tree.supervisor.stop(() -> gone.set(true));
    tree.settle();
    tree.exit("steady/run", ExitStatus.killed(15, false));
    assertThat(gone).isTrue();
  }

  @Test
  void startsServicesInTheirDirectoriesWithoutArguments() throws IOException {
    tree.service("foo");
    tree.service("bar");
    tree.start();
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("foo/run", "bar/run");
    for (var child : tree.processes.spawned()) {
      assertThat(child.arguments()).isEmpty();
      assertThat(child.stdin()).isEqualTo("inherited");
      assertThat(child.stdout()).endsWith("-out");
    }
  }

  @Test
  void keepsStatusStatAndPidUpToDate() throws IOException {
    var foo = tree.service("foo");
    tree.start();
    int pid = tree.processes.pid("foo/run");
    assertThat(tree.stat("foo")).isEqualTo("run");
    assertThat(foo.resolve("supervise/pid")).hasContent(pid + "\n");
    assertThat(foo.resolve("supervise/status"))
        .hasBinaryContent(new Status(tree.find("foo").state(), tree.clock.wall()).encode());
    tree.letters("foo", "d");
    assertThat(tree.stat("foo")).isEqualTo("run, got TERM, want down");
    tree.advance(SECOND);
    tree.exit("foo/run", TreeFixture.FAILED);
    assertThat(tree.stat("foo")).isEqualTo("down");
    assertThat(foo.resolve("supervise/pid")).isEmptyFile();
    assertThat(tree.find("foo").status().since()).isEqualTo(tree.clock.wall());
  }

  @Test
  void superviseIsALinkIntoTheRuntimeDirectory() throws IOException {
    var foo = tree.service("foo");
    tree.start();
    assertThat(foo.resolve("supervise")).isSymbolicLink();
    assertThat(foo.resolve("supervise").toRealPath().getParent())
        .isEqualTo(tree.runtime.resolve("supervise"));
    assertThat(Files.getPosixFilePermissions(foo.resolve("supervise/control")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aServiceWithADownFileWaitsToBeAsked() throws IOException {
    Files.createFile(tree.service("foo").resolve("down"));
    tree.start();
    assertThat(tree.processes.living()).isEmpty();
    assertThat(tree.stat("foo")).isEqualTo("down");
    tree.letters("foo", "u");
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void finishGetsTheExitStatusOfRun() throws IOException {
    TreeFixture.script(tree.service("foo"), "finish");
    tree.start();
    tree.advance(SECOND);
    tree.exit("foo/run", ExitStatus.killed(11, true));
    assertThat(tree.processes.living()).containsExactly("foo/finish");
    assertThat(tree.processes.spawned().getLast().arguments()).containsExactly("-1", "139");
    assertThat(tree.stat("foo")).isEqualTo("finish");
    tree.exit("foo/finish", TreeFixture.FINE);
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void aQuickDeathIsFollowedByADelayThatUpEnds() throws IOException {
    tree.service("foo");
    tree.start();
    tree.exit("foo/run", TreeFixture.FAILED);
    assertThat(tree.find("foo").untilRestart()).isEqualTo(SECOND);
    assertThat(tree.find("foo").history().deaths()).isOne();
    assertThat(tree.find("foo").history().lastExit()).isEqualTo(TreeFixture.FAILED);
    tree.advance(Duration.ofMillis(999));
    assertThat(tree.processes.living()).isEmpty();
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.living()).containsExactly("foo/run");
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.letters("foo", "u");
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.find("foo").history().starts()).isEqualTo(3);
  }

  @Test
  void aDirectoryWithoutRunIsWaitedForInSilence() throws IOException {
    var foo = Files.createDirectory(tree.scan.resolve("foo"));
    tree.start();
    assertThat(tree.find("foo").state().phase()).isEqualTo(new Phase.Incomplete());
    assertThat(tree.stat("foo")).isEqualTo("down");
    TreeFixture.script(foo, "other");
    Files.move(foo.resolve("other"), foo.resolve("run"));
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.messages.warnings()).isEmpty();
  }

  @Test
  void aRunThatCannotBeExecutedIsToldWithItsRemedyAndStartsWhenMended() throws IOException {
    var run = tree.service("foo").resolve("run");
    TreeFixture.script(tree.scan.resolve("foo"), "finish");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rw-r--r--"));
    tree.start();
    assertThat(tree.messages.warnings())
        .singleElement()
        .asString()
        .contains(run.toString(), "permission denied", "chmod +x");
    assertThat(tree.processes.spawned().getLast().arguments()).containsExactly("111", "0");
    tree.exit("foo/finish", TreeFixture.FINE);
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    tree.advance(SECOND);
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void aLackOfProcessesIsWaitedOutWithoutFinish() throws IOException {
    TreeFixture.script(tree.service("foo"), "finish");
    tree.processes.refuse("foo/run", Errno.EAGAIN);
    tree.start();
    assertThat(tree.processes.spawned()).isEmpty();
    tree.processes.refuseNoMore("foo/run");
    tree.advance(SECOND);
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void severalLettersAreObeyedInOrder() throws IOException {
    tree.service("foo");
    tree.start();
    tree.letters("foo", "zp\u00ffhc\n1");
    assertThat(tree.processes.takeSignals())
        .containsExactly("STOP foo/run", "HUP foo/run", "CONT foo/run", "USR1 foo/run");
  }

  @Test
  void whatRunsIsEndedAtOnceAndWhatIsDownIsClosedInPieces() throws IOException {
    for (int i = 0; i < 5; i++) {
      Files.createFile(tree.service("down" + i).resolve("down"));
    }
    tree.service("last");
    tree.start();
    tree.loop
        .pieces()
        .add(() -> {
          tree.clock.advance(SECOND); // the slice of this turn is over
          return false;
        });
    tree.supervisor.stop(() -> {});
    tree.loop.runOneTurn(false);
    assertThat(tree.processes.takeSignals()).startsWith("TERM last/run");
    assertThat(tree.supervisor.services()).hasSize(6);
    tree.settle();
    assertThat(tree.supervisor.services()).hasSize(1);
  }

  @Test
  void theNextDaemonDoesNotFindLettersOfAFloodThatWereObeyed() throws IOException {
    Files.createFile(tree.service("foo").resolve("down"));
    tree.start();
    var waiting = new ArrayList<String>();
    tree.supervisor.watchProcesses(
        new Watcher<>() {
          @Override
          public void shown(ServiceProcess process) {
            waiting.add(process.parts().letters().waiting());
          }
        });
    tree.loop
        .pieces()
        .add(() -> {
          tree.clock.advance(SECOND); // the slice of this turn is over
          return false;
        });
    tree.find("foo").command("a".repeat(500));
    tree.settle();
    assertThat(waiting).first().isNotEqualTo("");
    assertThat(waiting).last().isEqualTo("");
  }

  @Test
  void lettersWaitForTheControlScriptAndOtherServicesDoNot() throws IOException {
    TreeFixture.script(tree.service("foo"), "control/h");
    tree.service("bar");
    tree.start();
    tree.letters("foo", "h1d");
    tree.letters("bar", "2");
    assertThat(tree.processes.takeSignals()).containsExactly("USR2 bar/run");
    assertThat(tree.processes.living()).contains("foo/control/h");
    assertThat(tree.processes.spawned().getLast().arguments()).isEmpty();
    tree.exit("foo/control/h", TreeFixture.FAILED);
    assertThat(tree.processes.takeSignals())
        .containsExactly("HUP foo/run", "USR1 foo/run", "TERM foo/run", "CONT foo/run");
  }

  @Test
  void aDirectoryThatIsFilledDownFirstIsDown() throws IOException {
    tree.start();
    var foo = Files.createDirectory(tree.scan.resolve("foo"));
    tree.settle();
    Files.createFile(foo.resolve("down"));
    tree.settle();
    TreeFixture.script(foo, "run");
    tree.settle();
    assertThat(tree.processes.living()).isEmpty();
    assertThat(tree.stat("foo")).startsWith("down");
    tree.letters("foo", "u");
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void downOfAnIncompleteServiceThatIsWantedHoldsNothingBack() throws IOException {
    tree.start();
    var foo = Files.createDirectory(tree.scan.resolve("foo"));
    tree.settle();
    tree.letters("foo", "u");
    Files.createFile(foo.resolve("down"));
    tree.settle();
    TreeFixture.script(foo, "run");
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void aControlScriptThatSucceedsReplacesTheSignal() throws IOException {
    TreeFixture.script(tree.service("foo"), "control/t");
    tree.start();
    tree.letters("foo", "d");
    assertThat(tree.processes.spawned().getLast().arguments())
        .as("as runit's next release has it")
        .containsExactly("" + tree.processes.pid("foo/run"));
    tree.exit("foo/control/t", TreeFixture.FINE);
    assertThat(tree.processes.takeSignals()).containsExactly("CONT foo/run");
    assertThat(tree.stat("foo")).isEqualTo("run, want down");
  }

  @Test
  void aControlScriptThatIsNotExecutableIsPassedOver() throws IOException {
    var foo = tree.service("foo");
    TreeFixture.script(foo, "control/t");
    Files.setPosixFilePermissions(
        foo.resolve("control/t"), PosixFilePermissions.fromString("rw-r-xr-x"));
    tree.start();
    tree.letters("foo", "t");
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run");
  }

  @Test
  void whatIsLeftOfTheGroupIsToldTermAndContThenKilled() throws IOException {
    tree.service("foo");
    tree.start();
    int leader = tree.processes.pid("foo/run");
    tree.processes.leavesGroup(leader);
    tree.letters("foo", "o");
    tree.exit("foo/run", TreeFixture.FINE);
    String group = " group of " + leader;
    assertThat(tree.processes.takeSignals()).containsExactly("TERM" + group, "CONT" + group);
    tree.advance(Duration.ofMillis(9_999));
    assertThat(tree.processes.takeSignals()).isEmpty();
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL" + group);
    tree.processes.endGroup(leader);
  }

  @Test
  void aGroupThatEndsInTimeIsNotKilled() throws IOException {
    tree.service("foo");
    tree.start();
    int leader = tree.processes.pid("foo/run");
    tree.processes.leavesGroup(leader);
    tree.letters("foo", "o");
    tree.exit("foo/run", TreeFixture.FINE);
    tree.processes.endGroup(leader);
    tree.processes.takeSignals();
    tree.advance(Duration.ofDays(1));
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void exitClosesOkForASecondThenTheServiceIsTakenUpAgain() throws IOException {
    tree.service("foo");
    tree.start();
    assertThat(tree.isOk("foo")).isTrue();
    tree.letters("foo", "x");
    assertThat(tree.isOk("foo")).isTrue();
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(tree.isOk("foo")).isFalse();
    assertThat(tree.supervisor.find("foo")).isNull();
    tree.advance(Duration.ofMillis(999));
    assertThat(tree.processes.living()).isEmpty();
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.living()).containsExactly("foo/run");
    assertThat(tree.isOk("foo")).isTrue();
  }

  @Test
  void stopTellsAllServicesAtOnceAndEndsWhenTheLastHasEnded() throws IOException {
    tree.service("foo");
    tree.service("bar");
    Files.createFile(tree.service("idle").resolve("down"));
    tree.start();
    var ended = new ArrayList<String>();
    tree.supervisor.stop(() -> ended.add("end"));
    tree.settle();
    assertThat(tree.processes.takeSignals())
        .containsExactlyInAnyOrder("TERM foo/run", "CONT foo/run", "TERM bar/run", "CONT bar/run");
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(ended).isEmpty();
    tree.exit("bar/run", TreeFixture.FINE);
    assertThat(ended).isNotEmpty();
    tree.service("late");
    tree.settle();
    assertThat(tree.processes.living()).isEmpty();
  }

  @Test
  void theEndOfStopIsToldOnce() throws IOException {
    tree.service("foo");
    tree.start();
    var ended = new ArrayList<String>();
    tree.supervisor.stop(() -> ended.add("end"));
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(ended).containsExactly("end");
  }

  @Test
  void stopKillsAfterTenSecondsAndWaitsForLeftovers() throws IOException {
    tree.service("foo");
    tree.start();
    int leader = tree.processes.pid("foo/run");
    tree.processes.leavesGroup(leader);
    var ended = new ArrayList<String>();
    tree.supervisor.stop(() -> ended.add("end"));
    tree.advance(Duration.ofSeconds(10));
    assertThat(tree.processes.takeSignals())
        .containsExactly("TERM foo/run", "CONT foo/run", "KILL foo/run");
    tree.exit("foo/run", ExitStatus.killed(9, false));
    assertThat(ended).isEmpty();
    tree.processes.endGroup(leader);
    tree.settle();
    assertThat(ended).isNotEmpty();
  }

  @Test
  void stopEndsWhenTheLastGroupWasKilledThoughNobodyReapsIt() throws IOException {
    tree.service("foo");
    tree.start();
    tree.processes.leavesGroup(tree.processes.pid("foo/run"));
    var ended = new ArrayList<String>();
    tree.supervisor.stop(() -> ended.add("end"));
    tree.exit("foo/run", TreeFixture.FINE);
    tree.advance(Duration.ofSeconds(10));
    assertThat(ended).isEmpty();
    tree.advance(Duration.ofSeconds(1));
    assertThat(ended).isNotEmpty();
  }

  @Test
  void hurryKillsServicesAndLeftoversAtOnce() throws IOException {
    tree.service("foo");
    tree.service("bar");
    tree.start();
    int leader = tree.processes.pid("bar/run");
    tree.processes.leavesGroup(leader);
    tree.supervisor.stop(() -> {});
    tree.exit("bar/run", TreeFixture.FINE);
    tree.processes.takeSignals();
    tree.supervisor.hurry();
    tree.settle();
    assertThat(tree.processes.takeSignals())
        .containsExactlyInAnyOrder("KILL foo/run", "KILL group of " + leader);
    tree.processes.endGroup(leader);
  }

  @Test
  void stopIsNotKeptWaitingByAControlScriptThatHangs() throws IOException {
    TreeFixture.script(tree.service("foo"), "control/h");
    tree.start();
    tree.letters("foo", "h");
    tree.supervisor.stop(() -> {});
    tree.advance(Duration.ofSeconds(10));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL foo/control/h", "KILL foo/run");
  }

  @Test
  void listenersHearOfEveryPhaseUntilTheyAreIgnored() throws IOException {
    tree.service("foo");
    var heard = new ArrayList<String>();
    var watcher =
        new Watcher<Commanded>() {
          @Override
          public void moved(Commanded service, String before) {
            heard.add(before + " " + service.view().state());
          }
        };
    tree.services.watch(watcher);
    tree.start();
    tree.letters("foo", "o");
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(heard)
        .isEqualTo(
            List.of(
                "down starting", "starting starting", "starting run", "run finish", "finish down"));
    tree.services.ignore(watcher);
    tree.letters("foo", "u");
    assertThat(heard).hasSize(5);
  }

  @Test
  void whatFinishWritesToControlCountsBeforeTheNextStart() throws IOException {
    TreeFixture.script(tree.service("foo"), "finish");
    tree.start();
    tree.advance(SECOND);
    tree.exit("foo/run", TreeFixture.FINE);
    tree.exitAfterWriting("foo/finish", TreeFixture.FINE, "foo", "d");
    assertThat(tree.processes.starts("foo/run")).isOne();
    assertThat(tree.stat("foo")).isEqualTo("down");
    tree.letters("foo", "u");
    tree.advance(SECOND);
    tree.exit("foo/run", TreeFixture.FINE);
    tree.exitAfterWriting("foo/finish", TreeFixture.FINE, "foo", "h");
    assertThat(tree.processes.starts("foo/run")).isEqualTo(3);
  }

  @Test
  void whatRunWritesToControlAtItsEndCountsBeforeTheNextStart() throws IOException {
    tree.service("foo");
    tree.start();
    tree.advance(SECOND);
    tree.exitAfterWriting("foo/run", TreeFixture.FINE, "foo", "td");
    assertThat(tree.processes.starts("foo/run")).isOne();
    assertThat(tree.processes.takeSignals()).isEmpty();
    assertThat(tree.stat("foo")).isEqualTo("down");
    tree.letters("foo", "o");
    tree.exitAfterWriting("foo/run", TreeFixture.FINE, "foo", "u");
    assertThat(tree.processes.living()).as("up is never delayed").containsExactly("foo/run");
    tree.advance(SECOND);
    tree.exitAfterWriting("foo/run", TreeFixture.FINE, "foo", "x");
    assertThat(tree.processes.starts("foo/run")).isEqualTo(3);
    assertThat(tree.supervisor.services()).isEmpty();
    tree.advance(SECOND);
  }

  @Test
  void eachServiceOfASmallTreeHasItsFilesBeforeOneStarts() throws IOException {
    var names = List.of("a", "b", "c");
    for (String name : names) {
      tree.service(name);
    }
    var found = new ArrayList<Boolean>();
    tree.processes.onSpawn(() -> names.forEach(name -> found.add(tree.isOk(name))));
    tree.start();
    assertThat(found).hasSize(9).containsOnly(true);
  }

  @Test
  void inALargeTreeThatIsSoForWhatLooksAtOthers() throws IOException {
    for (int i = 0; i < 50; i++) {
      tree.service("s" + i);
    }
    for (String name : List.of("a", "z")) {
      Files.writeString(tree.service(name).resolve("run"), "#!/bin/sh\nsv start s7 || exit 1\n");
    }
    var found = new ArrayList<String>();
    tree.processes.onSpawn(
        () -> found.add(tree.isOk("s7") && tree.isOk("a") && tree.isOk("z") ? "all" : "none"));
    tree.start();
    assertThat(found).hasSize(52);
    assertThat(found.subList(50, 52)).containsOnly("all");
    assertThat(found.getFirst()).isEqualTo("none");
    assertThat(tree.processes.living().subList(50, 52)).containsOnly("a/run", "z/run");
  }

  @Test
  void whatIsToldToStayDownBeforeItHasStartedDoesNotStart() throws IOException {
    tree.service("a");
    tree.service("b");
    tree.processes.onSpawn(() -> {
      tree.find("a").command(Command.DOWN);
      tree.find("b").command(Command.DOWN);
    });
    tree.start();
    assertThat(tree.processes.spawned()).hasSize(1);
    assertThat(tree.processes.takeSignals()).hasSize(2);
  }
}
