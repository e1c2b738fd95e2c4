package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our own client against the running daemon; its verbs are in {@link VerbScenarios}. */
@ExtendWith(TreeExtension.class)
final class UsersvcIT {
  @Test
  void listShowsEveryService(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.service("idle").steady().file("down", "");
    var daemon = tree.start();
    int pid = web.awaitUp();
    daemon.ask("rescan").expect(0);
    assertThat(tree.usersvc("list").expect(0).out())
        .matches(
            "NAME +STATE +PID +FOR +NOTES\nidle +down +- +\\d+s\nweb +run +%d +\\d+s\n"
                .formatted(pid));
  }

  @Test
  void statusWithCheckTellsWhetherAllRun(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.service("idle").steady().file("down", "");
    tree.start().ask("rescan").expect(0);
    web.awaitUp();
    tree.usersvc("status", "--check", "web").expect(0);
    tree.usersvc("status", "--check", "web", "idle").expect(3);
    tree.usersvc("status", "web", "idle").expect(0);
    assertThat(tree.usersvc("status", "nosuch").expect(1).err()).contains("nosuch");
  }

  @Test
  void jsonIsOneDocumentALine(Tree tree) throws IOException {
    var web = tree.service("web").run("exit 3");
    web.log().run("exec cat");
    tree.start();
    web.log().awaitUp();
    Await.until("a death", () -> tree.usersvc("--json", "list").out().contains("\"last_exit\""));
    assertThat(tree.usersvc("--json", "list").expect(0).out())
        .startsWith("{\"name\":\"web\",")
        .contains("\"last_exit\":{\"code\":3}", "\"log\":{\"state\":\"run\"", "\"wanted\":\"up\"")
        .endsWith("}\n")
        .containsOnlyOnce("\n");
  }

  @Test
  void upOfWhatDoesNotStayTellsWhy(Tree tree) throws IOException {
    tree.service("web").run("echo why >&2; exit 3").script("check", "exit 1");
    tree.start().ask("rescan").expect(0);
    Await.until("its end", () -> tree.usersvc("status", "web").out().contains("exit 3"));
    var ran = tree.usersvc("up", "web").expect(1);
    assertThat(ran.err())
        .contains("fail: web: run ended at once: exit 3; next try in ")
        .containsOnlyOnce(" why\n")
        .doesNotContain("timeout: ");
  }

  @Test
  void whatRunLeavesInTheBackgroundIsNamedAndEnded(Tree tree) throws IOException {
    var web = tree.service("web").run("exec setsid sh -c 'sleep 1001 & echo $! > left'");
    tree.start();
    String err = tree.usersvc("up", "web").expect(1).err();
    String pid = web.awaitText("left", "\n").strip();
    String left = "and left sleep(" + pid + "): what run starts has to stay in the foreground";
    assertThat(err).contains("fail: web: run ended at once: exit 0, " + left);
    assertThat(tree.usersvc("log", "web").out()).contains("[usersvcd] run ended: exit 0", left);
    Await.until("its end", () -> !Files.exists(Path.of("/proc", pid)));
  }

  @Test
  void eventsAreWrittenAsTheyHappen(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.start();
    web.awaitUp();
    String usersvc = Programs.image("usersvc");
    var ran =
        tree.shell(
            ": > events; "
                + usersvc
                + " events web > events & e=$!; until grep -q down events; do "
                + usersvc
                + " -q restart web; "
                + usersvc
                + " -q down web; done; kill $e");
    assertThat(ran.expect(0).err()).isEmpty();
    assertThat(tree.shell("cat events").out()).contains("web: ", " -> down");
    web.awaitDown();
  }

  @Test
  void withoutADaemonItSaysSo(Tree tree) throws IOException {
    assertThat(tree.usersvc("list").expect(111).err()).contains("usersvcd");
  }

  /** Whether it answers in time depends on the machine. */
  @Test
  void aDaemonThatIsStartingIsNotToBeStarted(Tree tree) throws IOException {
    tree.service("web").steady();
    var daemon = new Launch(tree).begin();
    assertThat(tree.usersvc("list").err()).doesNotContain("start usersvcd");
    daemon.awaitReady();
  }

  /** By both clients. */
  @Test
  void aStoppedDaemonIsNamed(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    web.awaitUp();
    daemon.signal("STOP");
    try {
      String usersvc = Programs.image("usersvc");
      String java = usersvc.replace("/bin/usersvc", "/lib/usersvc/usersvc-java");
      for (String client : List.of(usersvc, java)) {
        assertThat(tree.shell(client + " -w 0.1 restart web").expect(111).err())
            .startsWith("usersvc: usersvcd (pid " + daemon.pid() + ") does not answer: ")
            .contains("kill -CONT " + daemon.pid());
      }
    } finally {
      daemon.signal("CONT");
    }
  }

  @Test
  void aServiceIsNamedByItsPathToo(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.start();
    int pid = web.awaitUp();
    String usersvc = Programs.image("usersvc");
    tree.shell("cd services/web; " + usersvc + " restart .").expect(0);
    web.awaitUpAfter(pid);
    tree.usersvc("down", web.dir() + "/").expect(0);
    web.awaitDown();
  }
}
