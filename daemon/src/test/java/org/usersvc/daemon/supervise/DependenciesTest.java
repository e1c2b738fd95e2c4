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
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;

/** Who starts before whom, and who ends before whom. */
final class DependenciesTest {
  private static final ExitStatus TERMINATED = ExitStatus.killed(15, false);

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

  private void service(String name, String... needs) throws IOException {
    names(name, "dependencies.d", needs);
  }

  private void patient(String name, String... awaited) throws IOException {
    names(name, "waits-for.d", awaited);
  }

  private void names(String name, String file, String... others) throws IOException {
    var directory = tree.service(name);
    for (String other : others) {
      Files.createDirectories(directory.resolve(file));
      Files.writeString(directory.resolve(file).resolve(other), "");
    }
  }

  private void file(String service, String name, String text) throws IOException {
    Files.writeString(tree.service(service).resolve(name), text);
  }

  private void notifying(String name) throws IOException {
    file(name, "notification-fd", "3\n");
  }

  private void ready(String name) throws IOException {
    ReadySign.ready(tree, name);
  }

  private List<String> terms() {
    var terms = new ArrayList<>(tree.processes.takeSignals());
    terms.removeIf(signal -> signal.startsWith("CONT "));
    return terms;
  }

  private void isDown(String name) {
    assertThat(tree.find(name).state().phase()).as(name).isEqualTo(new Phase.Down());
  }

  private void waits(String name, String... missing) {
    assertThat(tree.find(name).state().phase()).as(name).isInstanceOf(Phase.Waiting.class);
    assertThat(tree.find(name).missing()).containsExactly(missing);
  }

  @Test
  void startsWhenWhatItNeedsIsReady() throws IOException {
    service("a", "b", "c");
    notifying("b");
    service("c");
    tree.start();
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("b/run", "c/run");
    waits("a", "service b");
    ready("b");
    assertThat(tree.processes.living()).contains("a/run");
  }

  @Test
  void aCrashOfWhatItNeedsDoesNotTouchIt() throws IOException {
    service("a", "b");
    service("b");
    tree.start();
    tree.exit("b/run", TreeFixture.FAILED);
    assertThat(tree.processes.living()).containsExactly("a/run");
    assertThat(terms()).isEmpty();
    tree.advance(Duration.ofSeconds(1));
    assertThat(tree.processes.starts("a/run")).isOne();
  }

  @Test
  void endsBeforeWhatItNeedsAndComesBackWithIt() throws IOException {
    service("a", "b");
    service("b");
    tree.start();
    tree.letters("b", "d");
    assertThat(terms()).containsExactly("TERM a/run");
    tree.exit("a/run", TERMINATED);
    waits("a", "service b");
    assertThat(terms()).containsExactly("TERM b/run");
    tree.exit("b/run", TERMINATED);
    tree.letters("b", "u");
    assertThat(tree.processes.living()).containsExactly("b/run", "a/run");
    assertThat(tree.find("a").history().deaths()).isZero();
  }

  @Test
  void aChainEndsLinkByLink() throws IOException {
    service("a", "b");
    service("b", "c");
    service("c");
    tree.start();
    tree.letters("c", "d");
    assertThat(terms()).containsExactly("TERM a/run");
    tree.exit("a/run", TERMINATED);
    assertThat(terms()).containsExactly("TERM b/run");
    assertThat(tree.processes.living()).containsExactly("c/run", "b/run");
    tree.exit("b/run", TERMINATED);
    assertThat(terms()).containsExactly("TERM c/run");
    tree.exit("c/run", TERMINATED);
    assertThat(tree.processes.living()).isEmpty();
    isDown("c");
  }

  @Test
  void whenTheDaemonEndsAChainEndsLinkByLinkAndEachIsToldOnce() throws IOException {
    service("c", "b");
    service("b", "a");
    service("a");
    tree.start();
    tree.supervisor.stop(() -> {});
    tree.settle();
    assertThat(terms()).containsExactly("TERM c/run");
    tree.exit("c/run", TERMINATED);
    assertThat(terms()).containsExactly("TERM b/run");
    tree.exit("b/run", TERMINATED);
    assertThat(terms()).containsExactly("TERM a/run");
  }

  @Test
  void whatIsRemovedEndsAfterWhatNeedsIt() throws IOException {
    service("a", "b");
    service("b");
    tree.start();
    Files.move(tree.scan.resolve("b"), root.resolve("b"));
    tree.settle();
    assertThat(terms()).containsExactly("TERM a/run");
    tree.exit("a/run", TERMINATED);
    assertThat(terms()).containsExactly("TERM b/run");
    waits("a", "service b, which does not exist");
  }

  @Test
  void aNameThatIsRenamedIsGone() throws IOException {
    service("a", "b");
    service("b");
    service("z", "c");
    tree.start();
    Files.move(tree.scan.resolve("b"), tree.scan.resolve("c"));
    tree.settle();
    assertThat(terms()).containsExactly("TERM a/run");
    tree.exit("a/run", TERMINATED);
    waits("a", "service b, which does not exist");
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("b/run", "z/run");
  }

  @Test
  void whatHasBeenDoneIsUndoneOnceBeforeWhatItNeedsEnds() throws IOException {
    service("a", "b");
    file("a", "type", "oneshot");
    service("b");
    tree.start();
    tree.exit("a/run", TreeFixture.FINE);
    tree.letters("b", "d");
    assertThat(tree.processes.starts("a/run")).isOne();
    waits("a", "service b");
    assertThat(terms()).containsExactly("TERM b/run");
    tree.exit("b/run", TERMINATED);
    tree.letters("b", "u");
    assertThat(tree.processes.starts("a/run")).isEqualTo(2);
  }

  @Test
  void finishOfAOneshotEndsBeforeWhatItNeeds() throws IOException {
    service("a", "b");
    file("a", "type", "oneshot");
    TreeFixture.script(tree.scan.resolve("a"), "finish");
    service("b");
    tree.start();
    tree.exit("a/run", TreeFixture.FINE);
    assertThat(tree.processes.living()).containsExactly("b/run");
    tree.letters("b", "d");
    assertThat(tree.processes.living()).containsExactly("b/run", "a/finish");
    assertThat(terms()).isEmpty();
    tree.exit("a/finish", TreeFixture.FINE);
    assertThat(terms()).containsExactly("TERM b/run");
  }

  @Test
  void theEndOfTheDaemonDoesNotHangOnWhatHasNoLog() throws IOException {
    service("a", "b");
    file("a", "log", "");
    service("b");
    tree.start();
    tree.supervisor.stop(() -> {});
    tree.settle();
    tree.exit("a/run", TERMINATED);
    assertThat(terms()).contains("TERM b/run");
  }

  @Test
  void waitsForNothingThatCannotComeAnyMore() throws IOException {
    patient("a", "b");
    service("b", "c");
    notifying("c");
    file("c", "restart", "no\n");
    tree.start();
    waits("a", "service b");
    tree.exit("c/run", TreeFixture.FAILED);
    assertThat(tree.processes.living()).containsExactly("a/run");
    waits("b", "service c");
  }

  @Test
  void waitsForNothingThatLacksAVariable() throws IOException {
    patient("a", "b");
    service("b", "c");
    file("b", "needs-env", "DISPLAY\n");
    notifying("c");
    tree.supervisor.environment(Environment.of(java.util.Map.of("DISPLAY", ":1")));
    service("c");
    tree.start();
    waits("a", "service b");
    tree.supervisor.environment(Environment.EMPTY);
    tree.settle();
    assertThat(tree.processes.living()).contains("a/run");
  }

  @Test
  void upAsksForWhatIsDownToo() throws IOException {
    service("a", "b");
    file("a", "down", "");
    service("b", "c");
    file("b", "down", "");
    service("c");
    file("c", "down", "");
    tree.start();
    assertThat(tree.processes.living()).isEmpty();
    tree.letters("a", "u");
    assertThat(tree.processes.living()).containsExactly("c/run", "b/run", "a/run");
  }

  @Test
  void whatStartsByItselfAsksForWhatDoesNot() throws IOException {
    service("a", "b");
    service("b");
    file("b", "down", "");
    service("y");
    file("y", "down", "");
    service("z", "y");
    tree.start();
    assertThat(tree.processes.living())
        .containsExactlyInAnyOrder("b/run", "a/run", "y/run", "z/run");
  }

  @Test
  void upOfWhatIsBeingEndedBringsBothBack() throws IOException {
    service("a", "b");
    service("b");
    tree.start();
    tree.advance(Duration.ofSeconds(1));
    tree.letters("b", "d");
    tree.letters("a", "u");
    tree.exit("a/run", TERMINATED);
    tree.exit("b/run", TERMINATED);
    assertThat(tree.processes.living()).containsExactly("b/run", "a/run");
  }

  @Test
  void aFailureForGoodEndsWhatNeedsItLinkByLink() throws IOException {
    service("a", "b");
    service("b", "c");
    service("c");
    file("c", "restart", "no\n");
    tree.start();
    tree.exit("c/run", TreeFixture.FAILED);
    assertThat(terms()).containsExactly("TERM a/run");
    tree.exit("a/run", TERMINATED);
    assertThat(terms()).containsExactly("TERM b/run");
    tree.exit("b/run", TERMINATED);
    waits("b", "service c");
    waits("a", "service b");
  }

  @Test
  void whoIsEndedIsUpAgainIfWhatHeNeedsHasComeBackMeanwhile() throws IOException {
    service("a", "b");
    service("b");
    file("b", "restart", "no\n");
    tree.start();
    tree.exit("b/run", TreeFixture.FAILED);
    tree.letters("b", "u");
    tree.exit("a/run", TERMINATED);
    assertThat(tree.processes.living()).containsExactly("b/run", "a/run");
  }

  @Test
  void aCycleHoldsItsMembersAndIsToldOnce() throws IOException {
    service("a", "b");
    service("b", "a");
    service("c", "a");
    service("d");
    tree.start();
    assertThat(tree.processes.living()).containsExactly("d/run");
    waits("a", "itself: a -> b -> a");
    waits("c", "service a");
    assertThat(tree.messages.warnings())
        .containsExactly(
            "a -> b -> a: these wait for one another and are not started;"
                + " remove one of the names from its dependencies.d or waits-for.d");
    tree.supervisor.rescan(() -> {});
    tree.settle();
    assertThat(tree.messages.warnings()).hasSize(1);
    Files.delete(tree.scan.resolve("b/dependencies.d/a"));
    tree.supervisor.rescan(() -> {});
    tree.settle();
    assertThat(tree.processes.living())
        .containsExactlyInAnyOrder("a/run", "b/run", "c/run", "d/run");
  }

  @Test
  void aCycleThatComesLaterIsToldAtOnce() throws IOException {
    tree.start();
    service("a", "b");
    tree.settle();
    service("b", "a");
    tree.settle();
    assertThat(tree.messages.warnings()).anyMatch(line -> line.startsWith("a -> b -> a: "));
  }

  @Test
  void aServiceThatLosesAllItsNamesAtOnceWaitsForWhatNeedsAnyOfThem() throws IOException {
    service("real");
    Files.move(tree.scan.resolve("real"), root.resolve("real"));
    Files.createSymbolicLink(tree.scan.resolve("a"), root.resolve("real"));
    Files.createSymbolicLink(tree.scan.resolve("b"), root.resolve("real"));
    service("o", "b");
    tree.start();
    tree.advance(Duration.ofSeconds(2));
    Files.delete(tree.scan.resolve("a"));
    Files.delete(tree.scan.resolve("b"));
    tree.settle();
    assertThat(terms()).containsExactly("TERM o/run");
    assertThat(tree.messages.news())
        .filteredOn(line -> line.contains("has left the scan directory"))
        .hasSize(1);
    tree.exit("o/run", TERMINATED);
    assertThat(terms()).containsExactly("TERM real/run");
    tree.exit("real/run", TERMINATED);
  }

  @Test
  void aCycleByASecondNameIsFound() throws IOException {
    service("a", "b");
    service("b", "z");
    Files.createSymbolicLink(tree.scan.resolve("z"), Path.of("a"));
    tree.start();
    assertThat(tree.messages.warnings()).anyMatch(line -> line.startsWith("a -> b -> a: "));
    waits("b", "itself: b -> a -> b");
  }

  @Test
  void aCycleThatIsMadeWhileAllRunKeepsNobodyFromEnding() throws IOException {
    service("a", "b");
    service("b");
    tree.start();
    service("b", "a");
    tree.supervisor.rescan(() -> {});
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("b/run", "a/run");
    tree.letters("b", "d");
    assertThat(terms()).containsExactly("TERM b/run");
  }

  @Test
  void aNameThatNobodyHasIsToldOnce() throws IOException {
    service("a", "b");
    tree.start();
    waits("a", "service b, which does not exist");
    assertThat(tree.messages.warnings())
        .containsExactly(
            "a: depends on b, which does not exist; enable it, or remove dependencies.d/b");
    service("b");
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("b/run", "a/run");
  }

  @Test
  void aLongChainStartsAndEnds() throws IOException {
    int length = 150;
    for (int i = 1; i < length; i++) {
      service("s" + i, "s" + (i - 1));
    }
    service("s0");
    tree.start();
    assertThat(tree.processes.living()).hasSize(length);
    tree.letters("s0", "d");
    for (int i = length - 1; i >= 0; i--) {
      tree.exit("s" + i + "/run", TERMINATED);
    }
    assertThat(tree.processes.living()).isEmpty();
    tree.letters("s0", "u");
    assertThat(tree.processes.living()).hasSize(length);
  }

  @Test
  void aServiceIsAskedOnceHoweverManyNeedIt() throws IOException {
    service("a", "b", "c");
    service("b", "x");
    service("c", "x");
    service("x");
    for (String name : List.of("a", "b", "c", "x")) {
      file(name, "down", "");
    }
    file("x", "needs-env", "NOWHERE\n");
    TreeFixture.script(tree.service("x"), "control/u");
    tree.start();
    tree.letters("a", "u");
    tree.exit("x/control/u", TreeFixture.FINE);
    assertThat(tree.processes.starts("x/control/u")).isOne();
    waits("x", "NOWHERE");
  }

  @Test
  void whatIsDownForAMomentTakesAlongWhatNeedsIt() throws IOException {
    service("a", "x");
    service("x");
    tree.start();
    tree.exit("x/run", TreeFixture.FAILED);
    assertThat(tree.find("x").state().phase()).isInstanceOf(Phase.BackingOff.class);
    assertThat(terms()).isEmpty();
    tree.letters("x", "du");
    assertThat(terms()).containsExactly("TERM a/run");
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("a/run", "x/run");
  }
}
