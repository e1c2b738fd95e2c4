package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What systemctl asks of the manager itself, and changes of units. */
@ExtendWith(TreeExtension.class)
final class SystemctlManagerIT {
  private static final String A = "a.service";

  @Test
  void daemonReexecExecutesTheDaemonAnew(Tree tree) throws IOException {
    var units = Units.of(tree).service("a", Units.STEADY).start();
    units.systemctl("start", "a").expect(0);
    int pid = units.pid(A);
    units.systemctl("daemon-reexec").expect(0);
    Await.until(
        "the next program", () -> units.systemctl("is-active", "a").out().strip().equals("active"));
    assertThat(units.pid(A)).isEqualTo(pid);
    units.daemon().expectLog(1, "has come into place");
  }

  @Test
  void exitStopsTheUnitsAndEndsTheDaemon(Tree tree) throws IOException {
    var units = Units.of(tree).steady("a").start();
    units.systemctl("start", "a").expect(0);
    units.systemctl("exit", "7").expect(0);
    assertThat(units.daemon().awaitEnd()).isEqualTo(7);
    assertThat(units.trace()).content().isEqualTo("+a\n-a\n");
  }

  @Test
  void exitByForceEndsTheDaemonAsATermDoes(Tree tree) throws IOException {
    var units = Units.of(tree).steady("a").start();
    units.systemctl("start", "a").expect(0);
    units.systemctl("exit", "--force").expect(0);
    assertThat(units.daemon().awaitEnd()).isZero();
    assertThat(units.trace()).content().isEqualTo("+a\n-a\n");
  }

  @Test
  void theJobsOfATransactionAreShown(Tree tree) throws IOException {
    var units = Units.of(tree).steady("a", "Wants=b.service").steady("b").start();
    var shown = units.systemctl("start", "--show-transaction", "a").expect(0);
    assertThat(shown.out() + shown.err())
        .contains("Enqueued anchor job", "a.service/start", "Enqueued auxiliary job", "b.service");
  }

  @Test
  void aDescriptionIsSetInADropIn(Tree tree) throws IOException {
    var units = Units.of(tree).service("a", Units.STEADY).start();
    units.systemctl("start", "a").expect(0);
    units.systemctl("set-property", "a", "Description=ten % more", "CPUWeight=50").expect(0);
    assertThat(units.property(A, "Description")).isEqualTo("ten % more");
    assertThat(units.property(A, "NeedDaemonReload")).isEqualTo("no");
    var dropIn = tree.root().resolve(".config/systemd/user.control/a.service.d");
    assertThat(dropIn.resolve("50-Description.conf"))
        .content()
        .endsWith("[Unit]\nDescription=ten %% more\n");
    assertThat(units.systemctl("set-property", "a", "Nice=5").expect(1).err())
        .contains("Cannot set property Nice");
    units.systemctl("set-property", "--runtime", "a", "Description=less").expect(0);
    assertThat(tree.runtime().resolve("systemd/user.control/a.service.d")).isNotEmptyDirectory();
  }

  @Test
  void theCacheOfAServiceThatIsDownIsCleaned(Tree tree) throws IOException {
    var units = Units.of(tree).service("a", "CacheDirectory=a", "StateDirectory=a", Units.STEADY);
    units.startOnBus().systemctl("start", "a").expect(0);
    var cache = tree.root().resolve(".cache/a");
    assertThat(cache).isDirectory();
    assertThat(units.systemctl("clean", "--what=cache", "a").expect(1).err())
        .contains("not inactive");
    units.systemctl("stop", "a").expect(0);
    units.systemctl("clean", "--what=cache", "a").expect(0);
    assertThat(Files.exists(cache)).isFalse();
    assertThat(tree.root().resolve(".local/state/a")).isDirectory();
  }
}
