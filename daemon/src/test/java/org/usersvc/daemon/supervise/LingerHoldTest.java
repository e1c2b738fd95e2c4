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
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.ExitStatus;

/** What runs while nobody is logged in. */
final class LingerHoldTest {
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
    needs(tree.service(name), "dependencies.d", needs);
  }

  private static void needs(Path service, String file, String... needs) throws IOException {
    for (String other : needs) {
      Files.createDirectories(service.resolve(file));
      Files.writeString(service.resolve(file).resolve(other), "");
    }
  }

  private void lingering(String name, String... needs) throws IOException {
    service(name, needs);
    file(name, "linger", "");
  }

  private void file(String service, String name, String text) throws IOException {
    Files.writeString(tree.scan.resolve(service).resolve(name), text);
  }

  private void hold(boolean held) {
    tree.supervisor.hold(held);
    tree.settle();
  }

  private List<String> terms() {
    var terms = new ArrayList<>(tree.processes.takeSignals());
    terms.removeIf(signal -> signal.startsWith("CONT "));
    return terms;
  }

  private void waits(String name, String... missing) {
    assertThat(tree.find(name).state().phase()).as(name).isInstanceOf(Phase.Waiting.class);
    assertThat(tree.find(name).missing()).containsExactly(missing);
  }

  @Test
  void onlyWhatLingersRunsOnAndTheRestComesBack() throws IOException {
    service("web");
    lingering("mail");
    tree.start();
    hold(true);
    assertThat(terms()).containsExactly("TERM web/run");
    tree.exit("web/run", TERMINATED);
    waits("web", "a login");
    assertThat(tree.find("web").state().wanted()).isEqualTo(Wanted.UP);
    assertThat(tree.find("web").history().deaths()).isZero();
    assertThat(tree.processes.living()).containsExactly("mail/run");
    assertThat(tree.messages.news()).contains("web: waits for a login");
    hold(false);
    assertThat(tree.processes.living()).containsExactly("mail/run", "web/run");
    assertThat(tree.processes.starts("mail/run")).isOne();
  }

  @Test
  void aLoginWhileItStillEndsStartsItAnew() throws IOException {
    service("web");
    tree.start();
    hold(true);
    hold(false);
    tree.exit("web/run", TERMINATED);
    assertThat(tree.processes.living()).containsExactly("web/run");
    assertThat(tree.processes.starts("web/run")).isEqualTo(2);
  }

  @Test
  void whatDependsOnAnotherEndsFirst() throws IOException {
    service("web", "db");
    service("db");
    tree.start();
    hold(true);
    assertThat(terms()).containsExactly("TERM web/run");
    tree.exit("web/run", TERMINATED);
    assertThat(terms()).containsExactly("TERM db/run");
    tree.exit("db/run", TERMINATED);
    waits("db", "a login");
    waits("web", "service db", "a login");
    hold(false);
    assertThat(tree.processes.living()).containsExactly("db/run", "web/run");
  }

  @Test
  void whatALingeringServiceDependsOnLingersWithIt() throws IOException {
    lingering("web", "db");
    service("db", "disk");
    service("disk");
    service("cron", "disk");
    tree.start();
    hold(true);
    assertThat(terms()).containsExactly("TERM cron/run");
    tree.exit("cron/run", TERMINATED);
    assertThat(tree.processes.living()).containsExactlyInAnyOrder("web/run", "db/run", "disk/run");
    hold(false);
    hold(true);
    tree.exit("cron/run", TERMINATED);
    assertThat(tree.messages.warnings())
        .containsExactlyInAnyOrder(
            "db: lingers, as web depends on it; give it a file linger, too",
            "disk: lingers, as web depends on it; give it a file linger, too");
  }

  @Test
  void aLingeringServiceDoesNotWaitInVainForWhatItOnlyWaitsFor() throws IOException {
    lingering("web");
    needs(tree.scan.resolve("web"), "waits-for.d", "cron");
    service("cron");
    tree.supervisor.hold(true);
    tree.start();
    assertThat(tree.processes.living()).containsExactly("web/run");
    waits("cron", "a login");
    assertThat(tree.messages.warnings()).isEmpty();
  }

  @Test
  void nothingElseIsStartedIfItBeginsSo() throws IOException {
    service("a-db");
    service("cron");
    lingering("web", "a-db");
    tree.supervisor.hold(true);
    tree.start();
    assertThat(tree.processes.living()).containsExactly("a-db/run", "web/run");
    assertThat(tree.processes.starts("cron/run")).isZero();
    waits("cron", "a login");
    service("late");
    tree.settle();
    waits("late", "a login");
    hold(false);
    assertThat(tree.processes.living())
        .containsExactlyInAnyOrder("a-db/run", "web/run", "cron/run", "late/run");
  }

  @Test
  void theFileCountsAsSoonAsItComesAndGoes() throws IOException {
    service("web");
    tree.start();
    hold(true);
    tree.exit("web/run", TERMINATED);
    file("web", "linger", "");
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("web/run");
    terms();
    Files.delete(tree.scan.resolve("web/linger"));
    tree.settle();
    assertThat(terms()).containsExactly("TERM web/run");
    tree.exit("web/run", TERMINATED);
    waits("web", "a login");
  }

  @Test
  void commandsAreTakenAndHoldWhenTheLoginComes() throws IOException {
    service("web");
    service("cron");
    tree.supervisor.hold(true);
    tree.start();
    tree.letters("web", "d");
    assertThat(tree.find("web").state().phase()).isEqualTo(new Phase.Down());
    tree.letters("cron", "du");
    waits("cron", "a login");
    tree.letters("web", "o");
    assertThat(tree.find("web").state().phase()).isEqualTo(new Phase.Down());
    hold(false);
    assertThat(tree.processes.living()).containsExactly("cron/run");
  }

  @Test
  void whatRunsOnceEndsForGood() throws IOException {
    service("web");
    file("web", "down", "");
    tree.start();
    tree.letters("web", "o");
    hold(true);
    tree.exit("web/run", TERMINATED);
    assertThat(tree.find("web").state().phase()).isEqualTo(new Phase.Down());
    hold(false);
    assertThat(tree.processes.living()).isEmpty();
  }

  @Test
  void whatIsDoneIsUndoneAndDoneAgain() throws IOException {
    service("setup");
    file("setup", "type", "oneshot");
    TreeFixture.script(tree.scan.resolve("setup"), "finish");
    tree.start();
    tree.exit("setup/run", TreeFixture.FINE);
    hold(true);
    tree.exit("setup/finish", TreeFixture.FINE);
    waits("setup", "a login");
    hold(false);
    assertThat(tree.processes.living()).containsExactly("setup/run");
  }

  @Test
  void theRestartDelayEndsInWaiting() throws IOException {
    service("crash");
    tree.start();
    tree.exit("crash/run", TreeFixture.FAILED);
    hold(true);
    waits("crash", "a login");
    tree.advance(Duration.ofMinutes(2));
    assertThat(tree.processes.starts("crash/run")).isOne();
  }

  @Test
  void aLoggerStaysToReadTheRest() throws IOException {
    service("web");
    TreeFixture.script(tree.scan.resolve("web/log"), "run");
    tree.start();
    hold(true);
    tree.exit("web/run", TERMINATED);
    assertThat(tree.processes.living()).containsExactly("log/run");
    assertThat(tree.find("web/log").missing()).isEmpty();
  }
}
