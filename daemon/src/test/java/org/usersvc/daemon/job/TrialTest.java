package org.usersvc.daemon.job;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.render.FailureLine;
import org.usersvc.daemon.supervise.TreeFixture;
import org.usersvc.daemon.view.Commanded;

/** What is answered about a run that ends in its first moments, or does not begin. */
final class TrialTest {
  private static final Duration PATIENCE = Duration.ofSeconds(7);
  private static final Duration A_MOMENT = Duration.ofMillis(1);
  private static final ExitStatus THREE = ExitStatus.exited(3);

  @TempDir private Path root;
  private TreeFixture tree;
  private Path foo;
  private final List<Outcome> replies = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    tree = new TreeFixture(root);
    foo = tree.service("foo");
  }

  @AfterEach
  void close() {
    tree.close();
  }

  private void isDown() throws IOException {
    Files.createFile(foo.resolve("down"));
    tree.start();
  }

  private void runs() {
    tree.start();
    tree.advance(Duration.ofSeconds(2));
  }

  private Runnable ask(Verb verb) {
    var cancel = tree.operations.ask(tree.find("foo"), verb, PATIENCE, replies::add);
    tree.settle();
    return cancel;
  }

  private String line() {
    return FailureLine.of(tree.find("foo").view());
  }

  @Test
  void aRunThatEndsAtOnceFailsTheRequest() throws IOException {
    isDown();
    ask(Verb.UP);
    tree.advance(Duration.ofMillis(10));
    assertThat(replies).isEmpty();
    tree.exit("foo/run", THREE);
    assertThat(replies).containsExactly(Outcome.FAILED);
    assertThat(line()).isEqualTo("foo: run ended at once: exit 3; next try in 1 s");
  }

  @Test
  void aRunThatGoesOnIsAnsweredAfterAMoment() throws IOException {
    isDown();
    ask(Verb.UP);
    tree.advance(Commanded.PROBATION.minus(A_MOMENT));
    assertThat(replies).isEmpty();
    tree.advance(A_MOMENT);
    assertThat(replies).containsExactly(Outcome.DONE);
  }

  @Test
  void whatHasBeenRunningIsAnsweredAtOnce() {
    runs();
    ask(Verb.UP);
    assertThat(replies).containsExactly(Outcome.DONE);
  }

  @Test
  void whatGivesASignIsAnsweredWithIt() throws IOException {
    Files.writeString(foo.resolve("type"), "oneshot\n");
    isDown();
    ask(Verb.UP);
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(replies).containsExactly(Outcome.DONE);
  }

  @Test
  void aOneshotThatFailsIsToldWhenItHas() throws IOException {
    Files.writeString(foo.resolve("type"), "oneshot\n");
    isDown();
    ask(Verb.UP);
    tree.advance(Duration.ofSeconds(2));
    tree.exit("foo/run", THREE);
    assertThat(replies).containsExactly(Outcome.FAILED);
    assertThat(line()).startsWith("foo: run ended after 2.0 s: exit 3; ");
  }

  @Test
  void aRunThatEndsBeforeItIsReadyFailsTheRequest() throws IOException {
    Files.writeString(foo.resolve("notification-fd"), "3\n");
    isDown();
    ask(Verb.UP);
    tree.advance(Duration.ofMillis(900));
    tree.exit("foo/run", ExitStatus.killed(11, false));
    assertThat(replies).containsExactly(Outcome.FAILED);
    assertThat(line()).contains("killed by signal SEGV");
  }

  @Test
  void whatMayEndWithSuccessIsDone() throws IOException {
    Files.writeString(foo.resolve("restart"), "on-failure\n");
    isDown();
    ask(Verb.UP);
    tree.exit("foo/run", TreeFixture.FINE);
    assertThat(replies).containsExactly(Outcome.DONE);
  }

  @Test
  void whatIsNotStartedAgainSaysSo() throws IOException {
    Files.writeString(foo.resolve("restart"), "no\n");
    isDown();
    ask(Verb.UP);
    tree.exit("foo/run", THREE);
    assertThat(replies).containsExactly(Outcome.FAILED);
    assertThat(line())
        .isEqualTo("foo: run ended at once: exit 3; it stays down until it is told up");
  }

  @Test
  void aLongFinishIsNotWaitedFor() throws IOException {
    TreeFixture.script(foo, "finish");
    isDown();
    ask(Verb.UP);
    tree.exit("foo/run", THREE);
    assertThat(replies).isEmpty();
    tree.advance(Commanded.PROBATION);
    assertThat(replies).containsExactly(Outcome.FAILED);
    assertThat(line()).isEqualTo("foo: run ended at once: exit 3; finish runs");
  }

  @ParameterizedTest
  @EnumSource(names = {"RESTART", "TRY_RESTART", "FORCE_RELOAD", "FORCE_RESTART"})
  void aRestartThatFailsIsTold(Verb verb) {
    runs();
    ask(verb);
    tree.exit("foo/run", ExitStatus.killed(15, false));
    assertThat(replies).isEmpty();
    tree.exit("foo/run", THREE);
    assertThat(replies).containsExactly(Outcome.FAILED);
  }

  @Test
  void aRunThatDiesOfReloadIsTold() {
    runs();
    ask(Verb.RELOAD);
    assertThat(replies).isEmpty();
    tree.exit("foo/run", ExitStatus.killed(1, false));
    tree.exit("foo/run", ExitStatus.killed(1, false));
    assertThat(replies).containsExactly(Outcome.FAILED);
  }

  @Test
  void reloadIsAnsweredAfterAMomentAndAtOnceIfNothingRuns() throws IOException {
    runs();
    ask(Verb.RELOAD);
    tree.advance(Commanded.PROBATION);
    assertThat(replies).containsExactly(Outcome.DONE);
    ask(Verb.DOWN);
    tree.exit("foo/run", TreeFixture.FINE);
    ask(Verb.RELOAD);
    assertThat(replies).hasSize(3);
  }

  @Test
  void whatCannotBeStartedFailsAtOnce() throws IOException {
    isDown();
    tree.processes.refuse("foo/run", Errno.ENOENT);
    ask(Verb.UP);
    assertThat(replies).containsExactly(Outcome.FAILED);
    assertThat(line()).contains("cannot start ", "foo/run: ").endsWith("; next try in 1 s");
  }

  @Test
  void whatWaitsInVainFailsAtOnce() throws IOException {
    needs("foo", "nosuch");
    isDown();
    tree.service("nosuhc");
    tree.settle();
    ask(Verb.UP);
    assertThat(replies).containsExactly(Outcome.FAILED);
    assertThat(line())
        .isEqualTo(
            "foo: depends on nosuch, which does not exist (did you mean nosuhc?);"
                + " enable it, or remove dependencies.d/nosuch");
  }

  @Test
  void aCycleIsToldAtOnce() throws IOException {
    needs("foo", "bar");
    tree.service("bar");
    needs("bar", "foo");
    isDown();
    ask(Verb.UP);
    assertThat(replies).containsExactly(Outcome.FAILED);
    assertThat(line()).startsWith("foo: waits for itself: ").contains("; remove one of the names");
  }

  private void needs(String service, String other) throws IOException {
    var directory = Files.createDirectories(tree.scan.resolve(service).resolve("dependencies.d"));
    Files.createFile(directory.resolve(other));
  }

  @Test
  void aRunThatAnotherClientStopsHasNotFailed() throws IOException {
    isDown();
    ask(Verb.UP);
    tree.operations.ask(tree.find("foo"), Verb.DOWN, Duration.ZERO, _ -> {});
    tree.settle();
    tree.exit("foo/run", ExitStatus.killed(15, false));
    tree.advance(Commanded.PROBATION);
    assertThat(replies).containsExactly(Outcome.GONE);
  }

  @Test
  void whoLeavesOrDoesNotWaitIsNotAnsweredLater() throws IOException {
    isDown();
    ask(Verb.UP).run();
    tree.exit("foo/run", THREE);
    tree.advance(PATIENCE);
    assertThat(replies).isEmpty();
  }

  @Test
  void patienceThatEndsMeanwhileIsEnough() throws IOException {
    isDown();
    tree.operations.ask(tree.find("foo"), Verb.UP, Duration.ofMillis(100), replies::add);
    tree.advance(Duration.ofMillis(100));
    assertThat(replies).containsExactly(Outcome.DONE);
  }
}
