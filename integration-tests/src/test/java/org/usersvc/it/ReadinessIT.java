package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services that tell when they are ready, with real programs. */
@ExtendWith(TreeExtension.class)
final class ReadinessIT {
  private static String status(Daemon daemon) throws IOException {
    return daemon.ask("status", "web").out().getLast();
  }

  @Test
  void upReturnsWhenTheNewlineHasCome(Tree tree) throws IOException {
    var web = tree.service("web").file("notification-fd", "3").file("down", "");
    web.run("mkfifo go", "read -r _ < go", "echo >&3", "exec sleep 1000");
    var daemon = tree.start();
    web.awaitDown();
    var up = tree.begin("sh", "-c", Programs.image("usersvc") + " -w 30 up web");
    Await.until("go", () -> Files.exists(web.dir().resolve("go")));
    Await.until("that it is not ready", () -> status(daemon).contains("not ready yet"));
    assertThat(up.output()).isEmpty();
    tree.sv("up", "web").expect(0);
    tree.shell("echo > services/web/go").expect(0);
    Await.until("the answer", () -> up.output().contains("ok: run: web"));
    assertThat(status(daemon)).doesNotContain("not ready");
  }

  @Test
  void systemdNotifyTellsOfReadinessAndStatus(Tree tree) throws IOException {
    var web = tree.service("web").file("notify", "");
    web.run("systemd-notify --ready --status='two clients'", "echo $? > told", "exec sleep 1000");
    var daemon = tree.start();
    web.awaitText("told", "0");
    assertThat(status(daemon)).contains("says: two clients").doesNotContain("not ready");
  }

  @Test
  void whatIsNotReadyInTimeIsEndedAndTriedAgainLater(Tree tree) throws IOException {
    var web = tree.service("web").file("notification-fd", "3").file("timeout-ready", "100");
    web.run("echo >> runs", "exec sleep 1000");
    var daemon = tree.start();
    daemon.awaitLog("web: is not ready in time");
    Await.until("the delay", () -> status(daemon).contains("next start in"));
    web.awaitText("runs", "\n\n");
  }

  @Test
  void checkDecidesForWhatDependsOnIt(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    web.script("check", "test -e fine");
    var page = tree.service("page").file("dependencies.d/web", "").steady();
    var daemon = tree.start();
    web.awaitUp();
    Await.until("not ready", () -> status(daemon).contains("not ready yet"));
    page.awaitDown();
    web.file("fine", "");
    page.awaitUp();
  }

  @Test
  void aDoubleForkIsFollowed(Tree tree) throws IOException {
    var web = tree.service("web").file("notify", "");
    web.run(
        "echo >> runs",
        "(sleep 1000 & echo $! > pid)",
        "systemd-notify --ready MAINPID=$(cat pid)",
        "exit 0");
    tree.start();
    int pid = Integer.parseInt(web.awaitText("pid", "\n").strip());
    web.await("to be the other", status -> status.isUp() && status.pid() == pid);
    Ran.of("kill", Integer.toString(pid)).expect(0);
    web.awaitUpAfter(pid);
    assertThat(web.awaitText("runs", "\n\n")).isEqualTo("\n\n");
  }

  @Test
  void whatGivesNoSignOfLifeIsEndedOnceItIsReady(Tree tree) throws IOException {
    var web = tree.service("web").file("notify", "").file("timeout-watchdog", "300");
    web.script("finish", "echo \"$1 $2\" >> ended");
    web.run("echo $WATCHDOG_USEC > usec", "systemd-notify --ready", "exec sleep 1000");
    var daemon = tree.start();
    daemon.awaitLog("web: gives no sign of life");
    web.awaitText("ended", "-1");
    assertThat(web.read("usec")).isEqualTo("300000\n");
  }
}
