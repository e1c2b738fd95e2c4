package org.usersvc.daemon.supervise;

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
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Result;
import org.usersvc.daemon.model.ExitStatus;

/** When run counts as ready, what follows if it does not, and which ends are followed by what. */
final class ReadinessTest {
  private static final ExitStatus TERMINATED = ExitStatus.killed(15, false);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void begin() throws IOException {
    tree = new TreeFixture(root);
  }

  @AfterEach
  void end() {
    tree.close();
  }

  private void web(String... filesAndTexts) throws IOException {
    var directory = tree.service("web");
    for (int i = 0; i < filesAndTexts.length; i += 2) {
      var file = directory.resolve(filesAndTexts[i]);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, filesAndTexts[i + 1]);
    }
  }

  private boolean isReady() {
    return phase() instanceof Phase.Running running && running.ready();
  }

  private Phase phase() {
    return tree.find("web").state().phase();
  }

  private List<String> signals() {
    var signals = new ArrayList<>(tree.processes.takeSignals());
    signals.removeIf(signal -> signal.startsWith("CONT "));
    return signals;
  }

  @Test
  void whatTellsNothingIsReadyAtOnce() throws IOException {
    web();
    tree.start();
    assertThat(isReady()).isTrue();
  }

  @Test
  void aNewlineOnItsDescriptorTellsAndNothingElse() throws IOException {
    web("notification-fd", "3\n");
    tree.start();
    assertThat(isReady()).isFalse();
    ReadySign.write(tree, "web", "not yet");
    assertThat(isReady()).isFalse();
    ReadySign.write(tree, "web", "but now\nmore");
    assertThat(isReady()).isTrue();
  }

  @Test
  void eachRunHasToTellAnew() throws IOException {
    web("notification-fd", "3\n");
    tree.start();
    ReadySign.ready(tree, "web");
    tree.advance(SECOND);
    tree.exit("web/run", TreeFixture.FAILED);
    assertThat(tree.processes.living()).containsExactly("web/run");
    assertThat(isReady()).isFalse();
  }

  @Test
  void whatIsNotReadyInTimeIsEndedAndBacksOff() throws IOException {
    web("notification-fd", "3\n", "timeout-ready", "5000\n");
    tree.start();
    tree.advance(Duration.ofMillis(4999));
    assertThat(signals()).isEmpty();
    tree.advance(Duration.ofMillis(1));
    assertThat(signals()).containsExactly("TERM web/run");
    tree.exit("web/run", TERMINATED);
    assertThat(phase()).isInstanceOf(Phase.BackingOff.class);
    assertThat(tree.find("web").state().quickDeaths()).isOne();
    tree.advance(SECOND);
    tree.advance(Duration.ofSeconds(5));
    tree.exit("web/run", TERMINATED);
    assertThat(tree.find("web").state().quickDeaths()).isEqualTo(2);
  }

  @Test
  void whatIsNotReadyInTimeAndIgnoresTermIsKilled() throws IOException {
    web("notification-fd", "3\n", "timeout-ready", "5000\n");
    tree.start();
    tree.advance(Duration.ofSeconds(5));
    tree.advance(Duration.ofSeconds(10));
    assertThat(signals()).containsExactly("TERM web/run", "KILL web/run");
  }

  @Test
  void whatIsReadyInTimeIsLeftAlone() throws IOException {
    web("notification-fd", "3\n", "timeout-ready", "5000\n");
    tree.start();
    ReadySign.ready(tree, "web");
    tree.advance(Duration.ofSeconds(60));
    assertThat(signals()).isEmpty();
  }

  @Test
  void whatIsNotReadyInTimeAndNotToBeRestartedHasFailed() throws IOException {
    web("notification-fd", "3\n", "timeout-ready", "5000\n", "restart", "no\n");
    tree.start();
    tree.advance(Duration.ofSeconds(5));
    tree.exit("web/run", TERMINATED);
    assertThat(phase()).isEqualTo(new Phase.Down(Result.FAILED));
  }

  @Test
  void whatIsToldDownBeforeItIsReadyIsNotTooLate() throws IOException {
    web("notification-fd", "3\n", "timeout-ready", "5000\n");
    tree.start();
    tree.letters("web", "d");
    tree.advance(Duration.ofSeconds(60));
    assertThat(signals()).containsExactly("TERM web/run");
    assertThat(tree.messages.warnings()).isEmpty();
  }

  @Test
  void aOneshotThatDoesNotEndInTimeHasFailedEvenIfItEndsWell() throws IOException {
    web("type", "oneshot\n", "timeout-ready", "5000\n");
    tree.start();
    tree.advance(Duration.ofSeconds(5));
    assertThat(signals()).containsExactly("TERM web/run");
    tree.exit("web/run", TreeFixture.FINE);
    assertThat(phase()).isEqualTo(new Phase.Down(Result.FAILED));
  }

  @Test
  void checkIsAskedUntilItIsFineIfThereIsABound() throws IOException {
    web("timeout-ready", "5000\n");
    TreeFixture.script(tree.scan.resolve("web"), "check");
    tree.start();
    assertThat(tree.processes.living()).containsExactly("web/run", "web/check");
    tree.exit("web/check", TreeFixture.FAILED);
    assertThat(isReady()).isFalse();
    tree.advance(Duration.ofMillis(420));
    tree.exit("web/check", TreeFixture.FINE);
    assertThat(isReady()).isTrue();
  }

  @Test
  void checkIsNotAskedIfNobodyWantsToKnow() throws IOException {
    web();
    TreeFixture.script(tree.scan.resolve("web"), "check");
    tree.start();
    assertThat(tree.processes.living()).containsExactly("web/run");
    assertThat(isReady()).isTrue();
  }

  @Test
  void aOneshotIsDoneWhenRunHasEndedWell() throws IOException {
    web("type", "oneshot\n");
    TreeFixture.script(tree.scan.resolve("web"), "finish");
    tree.start();
    assertThat(phase().isUp()).isFalse();
    tree.exit("web/run", TreeFixture.FINE);
    assertThat(phase()).isInstanceOf(Phase.Completed.class);
    assertThat(tree.processes.living()).isEmpty();
    tree.letters("web", "d");
    tree.exit("web/finish", TreeFixture.FINE);
    assertThat(phase()).isEqualTo(new Phase.Down());
  }

  @Test
  void aOneshotThatFailsStaysDownUnlessItIsToBeRestarted() throws IOException {
    web("type", "oneshot\n");
    tree.start();
    tree.exit("web/run", TreeFixture.FAILED);
    assertThat(phase()).isEqualTo(new Phase.Down(Result.FAILED));
    web("restart", "on-failure\n");
    tree.letters("web", "u");
    tree.exit("web/run", TreeFixture.FAILED);
    assertThat(phase()).isInstanceOf(Phase.BackingOff.class);
  }

  @Test
  void anEndThatIsAskedForIsFollowedByAStartWhateverTheRule() throws IOException {
    web("restart", "no\n");
    tree.start();
    tree.advance(SECOND);
    tree.letters("web", "t");
    tree.exit("web/run", TERMINATED);
    assertThat(tree.processes.living()).containsExactly("web/run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no\n", "on-failure\n"})
  void aGoodEndThatIsNotFollowedByAnotherIsNoFailure(String rule) throws IOException {
    web("restart", rule);
    tree.start();
    tree.exit("web/run", TreeFixture.FINE);
    assertThat(phase()).isEqualTo(new Phase.Down(Result.DONE));
  }

  @Test
  void finishThatTakesTooLongIsKilled() throws IOException {
    web("timeout-finish", "2000\n");
    TreeFixture.script(tree.scan.resolve("web"), "finish");
    tree.start();
    tree.exit("web/run", TreeFixture.FAILED);
    tree.advance(Duration.ofSeconds(2));
    assertThat(signals()).containsExactly("KILL web/finish");
  }

  @Test
  void finishThatSaysPermanentKeepsItDownUntilItIsToldUp() throws IOException {
    web();
    TreeFixture.script(tree.scan.resolve("web"), "finish");
    tree.start();
    tree.exit("web/run", TreeFixture.FAILED);
    tree.exit("web/finish", ExitStatus.exited(125));
    assertThat(phase()).isEqualTo(new Phase.Down(Result.FAILED));
    tree.letters("web", "u");
    assertThat(tree.processes.living()).containsExactly("web/run");
  }

  @Test
  void otherSignalsTakeThePlaceOfTermAndHup() throws IOException {
    web("down-signal", "INT\n", "reload-signal", "SIGUSR1\n");
    tree.start();
    tree.letters("web", "h");
    tree.letters("web", "d");
    assertThat(signals()).containsExactly("USR1 web/run", "INT web/run");
  }
}
