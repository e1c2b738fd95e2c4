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
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.notify.Notification;

/** What follows from what run says by sd_notify(3). */
final class NotifyReceiverTest {
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
    Files.writeString(directory.resolve("notify"), "");
    for (int i = 0; i < filesAndTexts.length; i += 2) {
      Files.writeString(directory.resolve(filesAndTexts[i]), filesAndTexts[i + 1]);
    }
    tree.start();
  }

  private static Notification says(Notification.Phase phase, Notification.Timing timing) {
    return new Notification(
        new Notification.Progress(phase, null),
        new Notification.Facts("fine", null, null, null),
        timing,
        java.util.List.of());
  }

  private void hear(Notification notification) {
    tree.find("web").parts().readiness().hear(notification);
    tree.settle();
  }

  private static Notification ready() {
    return says(Notification.Phase.READY, new Notification.Timing(null, null, null));
  }

  private boolean isReady() {
    return tree.find("web").state().phase() instanceof Phase.Running running && running.ready();
  }

  @Test
  void theSocketAndTheWatchdogAreInTheEnvironment() throws IOException {
    web("timeout-watchdog", "2500");
    var given = tree.processes.spawned().getFirst().request().environment();
    assertThat(given.value("NOTIFY_SOCKET"))
        .isEqualTo(tree.runtime + "/notify/" + tree.find("web").service().id().asFileName());
    assertThat(given.value("WATCHDOG_USEC")).isEqualTo("2500000");
  }

  @Test
  void theWatchdogBeginsWhenItIsReady() throws IOException {
    web("timeout-watchdog", "2000");
    tree.advance(Duration.ofSeconds(60));
    assertThat(tree.processes.takeSignals()).isEmpty();
    hear(ready());
    assertThat(isReady()).isTrue();
    tree.advance(Duration.ofSeconds(2));
    assertThat(tree.processes.takeSignals()).containsExactly("ABRT web/run");
    tree.advance(Duration.ofSeconds(10));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL web/run");
    tree.exit("web/run", TreeFixture.FAILED);
    assertThat(tree.find("web").state().phase()).isInstanceOf(Phase.BackingOff.class);
  }

  @Test
  void aSignOfLifeKeepsItAlive() throws IOException {
    web("timeout-watchdog", "2000");
    hear(ready());
    var ping = new Notification.Timing(Notification.Watchdog.PING, null, null);
    for (int i = 0; i < 5; i++) {
      tree.advance(Duration.ofMillis(1999));
      hear(says(Notification.Phase.READY, ping));
    }
    assertThat(tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void whatIsToldDownNeedGiveNoSignOfLife() throws IOException {
    web("timeout-watchdog", "2000");
    hear(ready());
    tree.letters("web", "d");
    tree.processes.takeSignals();
    tree.advance(Duration.ofSeconds(60));
    assertThat(tree.processes.takeSignals()).isEmpty();
    assertThat(tree.messages.warnings()).isEmpty();
  }

  @Test
  void aBoundIsExtendedAndNeverCut() throws IOException {
    web("timeout-ready", "5000");
    var less = new Notification.Timing(null, null, Duration.ofSeconds(1));
    hear(says(Notification.Phase.RELOADING, less));
    tree.advance(Duration.ofMillis(4999));
    assertThat(tree.processes.takeSignals()).isEmpty();
    var more = new Notification.Timing(null, null, Duration.ofSeconds(30));
    hear(says(Notification.Phase.RELOADING, more));
    tree.advance(Duration.ofMillis(29_999));
    assertThat(tree.processes.takeSignals()).isEmpty();
    tree.advance(Duration.ofMillis(1));
    assertThat(tree.processes.takeSignals()).contains("TERM web/run");
  }
}
