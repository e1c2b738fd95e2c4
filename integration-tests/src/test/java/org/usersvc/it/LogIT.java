package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The log service of usersvcd, with what runsv does not do. */
final class LogIT extends LogScenarios {
  @Override
  Daemon start(Tree tree) throws IOException {
    return tree.start();
  }

  @Test
  void logFinishIsRunWhenTheLoggerEnds(Tree tree) throws IOException {
    tree.scenario("lines");
    var web = tree.service("web");
    web.log().script("finish", "echo \"$1 $2\" >> finished");
    start(tree);
    web.awaitUp();
    int logger = web.log().awaitUp();
    tree.awaitFullSecond("web/log");
    web.log().letters("k");
    web.log().awaitUpAfter(logger);
    assertThat(web.log().read("finished")).isEqualTo("-1 9\n");
  }

  @Test
  void aLogThatIsCopiedJustAfterRunGetsWhatRunWrites(Tree tree) throws IOException {
    tree.start();
    var web = tree.service("web").run("echo said", "exec sleep 1000");
    int pid = web.awaitUp();
    web.log().run("exec cat > said");
    web.awaitUpAfter(pid);
    web.log().awaitUp();
    assertThat(web.log().awaitText("said", "\n")).isEqualTo("said\n");
  }

  @Test
  void onceLogIsRemovedAndItsLoggerGoneTheDaemonLogsTheService(Tree tree) throws IOException {
    var web =
        tree.service("web")
            .run(
                "x=$(head -c 3000 /dev/zero | tr '\\0' x); i=0",
                "while :; do i=$((i+1)); echo $i $x; echo $i > at; [ -e go ] || sleep 0.01; done");
    web.log().run("exec cat > /dev/null");
    var daemon = tree.start();
    int pid = web.awaitUp();
    int logger = web.log().awaitUp();
    var directory = web.dir().resolve("log");
    Files.move(directory, web.dir().resolve("unused"));
    int before = Await.answer("a line", () -> at(web), at -> at > 0);
    Ran.of("kill", "-KILL", Integer.toString(logger)).expect(0);
    Await.until("it writes on", () -> at(web) > before + 50);
    var log = LogFiles.builtIn(tree, "web");
    Await.until("it is logged", () -> Files.exists(log.dir().resolve("current")));
    assertThat(web.pid()).isEqualTo(pid);
    Files.move(web.dir().resolve("unused"), directory);
    daemon.ask("restart", "web").expect(0);
    web.log().awaitUp();
  }

  private static int at(Service web) throws IOException {
    String text = web.read("at").strip();
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  @Test
  void theLastLinesAreLoggedWhenTheDaemonEnds(Tree tree) throws IOException {
    tree.scenario("lines");
    var web = tree.service("web").script("finish", "sleep 0.3", "echo finished");
    var daemon = tree.start();
    web.awaitUp();
    web.awaitText("starts", "started\n");
    web.log().awaitUp();
    more(web);
    web.awaitText("n", "500\n");
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(logged(web)).endsWith("line 500\nlast words\nfinished\n");
  }

  @Test
  void aLoggerThatDoesNotReadHoldsUpNobodyElse(Tree tree) throws IOException {
    var other = tree.service("other").steady();
    var web = tree.service("web").run("exec yes");
    web.log().steady().file("timeout-kill", "100\n");
    var daemon = tree.start();
    web.awaitUp();
    int pid = other.awaitUp();
    daemon.ask("restart", "other").expect(0);
    other.awaitUpAfter(pid);
    daemon.ask("force-stop", "web").expect(0);
  }
}
