package org.usersvc.daemon.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.supervise.TreeFixture;
import org.usersvc.daemon.view.Commanded;

/** What doors ask, and when they are answered. */
final class OperationsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(7);

  @TempDir private Path root;
  private TreeFixture tree;
  private final List<Outcome> replies = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
  }

  @AfterEach
  void close() {
    tree.close();
  }

  private Runnable ask(Verb verb, Duration patience) {
    var cancel = tree.operations.ask(tree.find("foo"), verb, patience, replies::add);
    tree.settle();
    return cancel;
  }

  private void start(String... files) throws IOException {
    var foo = tree.service("foo");
    for (String file : files) {
      TreeFixture.script(foo, file);
    }
    tree.start();
    tree.advance(Duration.ofSeconds(2));
  }

  @Test
  void upIsDoneWhenRunLives() throws IOException {
    Files.createFile(tree.service("foo").resolve("down"));
    tree.start();
    ask(Verb.UP, PATIENCE);
    tree.advance(Commanded.PROBATION);
    assertThat(replies).containsExactly(Outcome.DONE);
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void downIsDoneWhenFinishHasEnded() throws IOException {
    start("finish");
    ask(Verb.DOWN, PATIENCE);
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(replies).isEmpty();
    tree.exit("foo/finish", TreeFixture.FINE);
    assertThat(replies).containsExactly(Outcome.DONE);
  }

  @Test
  void whatIsNotDoneInTimeStaysAsked() throws IOException {
    start();
    ask(Verb.DOWN, PATIENCE);
    tree.advance(PATIENCE.minusMillis(1));
    assertThat(replies).isEmpty();
    tree.advance(Duration.ofMillis(1));
    assertThat(replies).containsExactly(Outcome.TIMED_OUT);
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(tree.processes.living()).isEmpty();
    assertThat(replies).hasSize(1);
  }

  @Test
  void forceKillsWhatIsNotDoneInTime() throws IOException {
    start();
    ask(Verb.FORCE_STOP, PATIENCE);
    tree.processes.takeSignals();
    tree.advance(PATIENCE);
    assertThat(replies).containsExactly(Outcome.KILLED);
    assertThat(tree.processes.takeSignals()).containsExactly("KILL foo/run");
  }

  @ParameterizedTest
  @EnumSource(names = {"RESTART", "TERM", "KILL", "TRY_RESTART", "FORCE_RESTART", "FORCE_RELOAD"})
  void aRestartIsDoneOnlyWithANewRun(Verb verb) throws IOException {
    start();
    ask(verb, PATIENCE);
    assertThat(replies).isEmpty();
    tree.exit("foo/run", TreeFixture.FINE);
    tree.advance(Commanded.PROBATION);
    assertThat(replies).containsExactly(Outcome.DONE);
    assertThat(tree.processes.starts("foo/run")).isEqualTo(2);
  }

  @Test
  void theStartOfAServiceThatIsOpenedToBeAskedIsNoRestart() throws IOException {
    for (int i = 0; i < 20; i++) {
      tree.service("s" + i);
    }
    tree.supervisor.start();
    tree.loop.soon(
        () -> tree.operations.ask(tree.find("s19"), Verb.RESTART, PATIENCE, replies::add));
    tree.settle();
    assertThat(replies).isEmpty();
    tree.exit("s19/run", TreeFixture.FINE);
    tree.advance(Duration.ofSeconds(1));
    assertThat(replies).containsExactly(Outcome.DONE);
    assertThat(tree.processes.starts("s19/run")).isEqualTo(2);
  }

  @Test
  void tryRestartLeavesADownServiceDown() throws IOException {
    Files.createFile(tree.service("foo").resolve("down"));
    tree.start();
    ask(Verb.TRY_RESTART, PATIENCE);
    assertThat(replies).containsExactly(Outcome.DONE);
    assertThat(tree.processes.spawned()).isEmpty();
  }

  @Test
  void onceIsDoneWhenItIsStartedOrNoLongerToBeRestarted() throws IOException {
    start();
    ask(Verb.ONCE, PATIENCE);
    tree.exit("foo/run", TreeFixture.FINE);
    ask(Verb.ONCE, PATIENCE);
    assertThat(replies).containsExactly(Outcome.DONE, Outcome.DONE);
    assertThat(tree.processes.starts("foo/run")).isEqualTo(2);
  }

  @Test
  void exitIsDoneWhenNothingIsSupervisedAnyMore() throws IOException {
    start("log/run");
    ask(Verb.EXIT, PATIENCE);
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(replies).isEmpty();
    tree.exit("log/run", TreeFixture.FINE);
    assertThat(replies).containsExactly(Outcome.DONE);
    tree.retriesMayBeLeft();
  }

  @Test
  void aRestartIsGivenUpWhenTheServiceIsToldToExit() throws IOException {
    start();
    ask(Verb.RESTART, PATIENCE);
    ask(Verb.EXIT, Duration.ZERO);
    assertThat(replies).containsExactly(Outcome.DONE, Outcome.GONE);
  }

  @Test
  void upOfAServiceThatIsRemovedMeanwhileFails() throws IOException {
    Files.createDirectory(tree.scan.resolve("foo"));
    tree.start();
    ask(Verb.UP, PATIENCE);
    Files.move(tree.scan.resolve("foo"), tree.scan.resolve(".foo"));
    tree.settle();
    assertThat(replies).containsExactly(Outcome.GONE);
  }

  @Test
  void upWaitsUntilCheckAgreesAndAsksItAgain() throws IOException {
    start("check");
    ask(Verb.UP, PATIENCE);
    assertThat(tree.processes.living()).containsExactly("foo/run", "foo/check");
    assertThat(tree.processes.spawned().getLast().stdout()).isEqualTo("/dev/null");
    tree.exit("foo/check", TreeFixture.FAILED);
    tree.advance(Duration.ofMillis(419));
    assertThat(tree.processes.living()).containsExactly("foo/run");
    tree.advance(Duration.ofMillis(1));
    tree.exit("foo/check", TreeFixture.FINE);
    assertThat(replies).containsExactly(Outcome.DONE);
  }

  @Test
  void aCheckThatFailsIsNamedUntilItSucceeds() throws IOException {
    start("check");
    says("", true);
    ask(Verb.UP, PATIENCE);
    says("check still runs", false);
    tree.exit("foo/check", TreeFixture.FAILED);
    says("check has not succeeded: exit 1", false);
    tree.advance(PATIENCE);
    assertThat(replies).containsExactly(Outcome.TIMED_OUT);
    says("check has not succeeded: exit 1", false);
    tree.exit("foo/check", ExitStatus.killed(9, false)); // it was asked again, and is ended
    ask(Verb.CHECK, PATIENCE);
    says("check has not succeeded: exit 1", false);
    tree.exit("foo/check", TreeFixture.FINE);
    says("", true);
  }

  @Test
  void aCheckThatHangsIsNamed() throws IOException {
    start("check");
    ask(Verb.UP, PATIENCE);
    tree.advance(PATIENCE);
    says("check has not succeeded: no answer within " + PATIENCE.toSeconds() + "s", false);
    tree.exit("foo/check", TreeFixture.FAILED);
    says("check has not succeeded: no answer within " + PATIENCE.toSeconds() + "s", false);
  }

  @Test
  void aCheckThatNobodyWaitsForSaysNothing() throws IOException {
    start("check");
    ask(Verb.UP, Duration.ZERO);
    says("", true);
    ask(Verb.UP, PATIENCE).run();
    says("", true);
  }

  @Test
  void whatCheckHasSaidEndsWithTheRun() throws IOException {
    start("check");
    ask(Verb.CHECK, PATIENCE);
    tree.exit("foo/check", TreeFixture.FAILED);
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.advance(Duration.ofSeconds(1));
    assertThat(tree.processes.living()).contains("foo/run");
    assertThat(tree.find("foo").view().why()).doesNotContain("exit 1");
  }

  private void says(String why, boolean ready) {
    assertThat(tree.find("foo").view().why()).isEqualTo(why);
    assertThat(tree.find("foo").view().isFine()).isEqualTo(ready);
  }

  @Test
  void whatDoesNotRunIsNotShownAsPaused() throws IOException {
    start();
    ask(Verb.PAUSE, PATIENCE);
    assertThat(tree.find("foo").view().isPaused()).isTrue();
    ask(Verb.DOWN, PATIENCE);
    tree.exit("foo/run", TreeFixture.FINE);
    ask(Verb.PAUSE, PATIENCE);
    assertThat(tree.find("foo").view().isPaused()).isFalse();
    assertThat(tree.find("foo").status().encode()[16]).as("as runsv").isOne();
  }

  @Test
  void checkIsNotAskedOfADownService() throws IOException {
    var foo = tree.service("foo");
    TreeFixture.script(foo, "check");
    Files.createFile(foo.resolve("down"));
    tree.start();
    ask(Verb.CHECK, PATIENCE);
    assertThat(replies).containsExactly(Outcome.DONE);
    assertThat(tree.processes.spawned()).isEmpty();
  }

  @Test
  void aCheckThatCannotBeExecutedIsContent() throws IOException {
    start("check");
    Files.setPosixFilePermissions(
        tree.scan.resolve("foo/check"), PosixFilePermissions.fromString("rw-r--r--"));
    ask(Verb.UP, PATIENCE);
    assertThat(replies).containsExactly(Outcome.DONE);
  }

  @Test
  void aCheckThatAgreesOnADeadServiceIsNotBelieved() throws IOException {
    start("check");
    ask(Verb.UP, PATIENCE);
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.exit("foo/run", TreeFixture.FAILED);
    tree.advance(PATIENCE);
    assertThat(replies).containsExactly(Outcome.FAILED);
  }

  @Test
  void zeroPatienceIsAnsweredAtOnce() throws IOException {
    start();
    ask(Verb.DOWN, Duration.ZERO);
    assertThat(replies).containsExactly(Outcome.DONE);
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foo/run", "CONT foo/run");
  }

  @ParameterizedTest
  @EnumSource(names = {"PAUSE", "CONT", "HUP", "ALARM", "INTERRUPT", "QUIT", "USR1", "USR2"})
  void signalsAreAnsweredAtOnce(Verb verb) throws IOException {
    start();
    ask(verb, PATIENCE);
    assertThat(replies).containsExactly(Outcome.DONE);
    assertThat(tree.processes.takeSignals()).hasSize(1);
  }

  @Test
  void aClientThatHasGoneIsNotAnswered() throws IOException {
    start("check");
    var cancel = ask(Verb.UP, PATIENCE);
    tree.exit("foo/check", TreeFixture.FAILED);
    cancel.run();
    tree.advance(Duration.ofDays(1));
    assertThat(replies).isEmpty();
    assertThat(tree.processes.living()).containsExactly("foo/run");
  }

  @Test
  void aCheckThatHangsEndsWithTheWait() throws IOException {
    start("check");
    ask(Verb.UP, PATIENCE);
    tree.advance(PATIENCE);
    assertThat(replies).containsExactly(Outcome.TIMED_OUT);
    assertThat(tree.processes.takeSignals()).contains("KILL foo/check");
  }

  @Test
  void whatAHangingCheckHasStartedEndsWithIt() throws IOException {
    start("check");
    ask(Verb.UP, PATIENCE);
    int check = tree.processes.pid("foo/check");
    tree.processes.leavesGroup(check);
    tree.advance(PATIENCE);
    assertThat(tree.processes.takeSignals()).contains("KILL foo/check");
    tree.exit("foo/check", TreeFixture.FAILED);
    assertThat(tree.processes.takeSignals()).contains("KILL group of " + check);
    tree.processes.endGroup(check);
  }

  @Test
  void forceKillsAControlScriptThatHangs() throws IOException {
    start("control/t");
    ask(Verb.FORCE_STOP, PATIENCE);
    assertThat(tree.processes.takeSignals()).isEmpty();
    tree.advance(PATIENCE);
    assertThat(replies).containsExactly(Outcome.KILLED);
    assertThat(tree.processes.takeSignals()).containsExactly("KILL foo/control/t");
    tree.exit("foo/control/t", TreeFixture.FAILED);
    assertThat(tree.processes.takeSignals()).containsSubsequence("TERM foo/run", "KILL foo/run");
  }

  @Test
  void whatIsAskedStaysOpenWithoutAClient() throws IOException {
    start("check");
    ask(Verb.DOWN, PATIENCE).run();
    assertThat(tree.operations.hasOpen(tree.find("foo"))).isTrue();
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(tree.operations.hasOpen(tree.find("foo"))).isFalse();
    ask(Verb.UP, Duration.ZERO);
    assertThat(tree.operations.hasOpen(tree.find("foo"))).as("check is not asked").isFalse();
    assertThat(replies).hasSize(1);
  }

  @Test
  void whatNobodyWaitsForIsReplaced() throws IOException {
    start();
    ask(Verb.RESTART, Duration.ZERO);
    ask(Verb.CONT, Duration.ZERO);
    assertThat(tree.operations.hasOpen(tree.find("foo"))).isTrue();
    ask(Verb.CHECK, Duration.ZERO);
    assertThat(tree.operations.hasOpen(tree.find("foo"))).as("it is told nothing").isTrue();
    ask(Verb.UP, Duration.ZERO);
    assertThat(tree.operations.hasOpen(tree.find("foo"))).isFalse();
  }

  @Test
  void whoOnlyWaitsLeavesNothingBehind() throws IOException {
    start();
    ask(Verb.DOWN, Duration.ZERO);
    tree.exit("foo/run", TreeFixture.FINE);
    ask(Verb.WAIT, PATIENCE).run();
    ask(Verb.WAIT, PATIENCE);
    tree.advance(PATIENCE);
    assertThat(tree.operations.hasOpen(tree.find("foo"))).isFalse();
  }

  @Test
  void theLastLinesAreThoseOfTheLastRun() throws IOException {
    tree.service("web");
    tree.start();
    String second = tree.clock.wall().toString().substring(0, 19);
    tree.logs.last = List.of("2025-01-02T03:04:05.00000Z one", second + ".99999Z two", "three", "");
    assertThat(lastLines(4)).containsExactly(List.of(second + ".99999Z two"));
  }

  @Test
  void aLogThatIsStuckKeepsNobodyWaiting() throws IOException {
    tree.service("web");
    tree.start();
    tree.logs.silent = true;
    var answers = lastLines(2);
    assertThat(answers).isEmpty();
    tree.advance(Duration.ofSeconds(1));
    assertThat(answers).containsExactly(List.of());
  }

  private List<List<String>> lastLines(int lines) {
    var answers = new ArrayList<List<String>>();
    tree.operations.lastLines(tree.find("web"), lines, answers::add);
    tree.settle();
    return answers;
  }
}
