package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What follows when run ends by itself; also on Debian's runsvdir, as the oracle. */
@ExtendWith(TreeExtension.class)
abstract class RestartScenarios {
  abstract Daemon start(Tree tree) throws IOException;

  @Test
  void finishGetsTheExitCodeAndRunIsStartedAgain(Tree tree) throws IOException {
    start(tree.scenario("restarts"));
    var once = tree.service("crash-once");
    once.awaitText("finished", "\n");
    assertThat(once.awaitUp()).isNotZero();
    assertThat(once.read("finished")).isEqualTo("3 0\n");
  }

  @Test
  void aRunThatEndsAtOnceIsStartedUntilItStays(Tree tree) throws IOException {
    start(tree.scenario("restarts"));
    var quick = tree.service("quick");
    quick.awaitText("starts", "started\nstarted\nstarted\n");
    assertThat(quick.awaitUp()).isNotZero();
  }

  @Test
  void whatFailsForWantOfAnotherServiceIsUpSoonAfterThat(Tree tree) throws IOException {
    tree.service("db").steady().script("check", "test -e ready");
    String check = Programs.system("sv") + " -w 1 check ../db >../asked || exit 1";
    var asks = tree.service("asks").run(check, "echo > up", "exec sleep 1000");
    String look = "test -e ../db/ready || exit 1";
    var looks = tree.service("looks").run("echo >> tries", look, "echo > up", "exec sleep 1000");
    start(tree);
    looks.awaitText("tries", "\n\n\n");
    tree.shell("echo > services/db/ready").expect(0);
    asks.awaitText("up", "\n");
    looks.awaitText("up", "\n");
  }

  @Test
  void finishIsShownAndNothingIsStartedBeforeItEnds(Tree tree) throws IOException {
    start(tree.scenario("slow-finish"));
    var slow = tree.service("web");
    int pid = slow.awaitUp();
    slow.letters("k");
    slow.awaitText("finished", "-1 9\n");
    var status = slow.await("to finish", now -> now.state() == Status.FINISH && now.pid() != 0);
    assertThat(status.pid()).isNotEqualTo(pid);
    assertThat(Proc.commandLine(status.pid())).contains("./finish -1 9");
    assertThat(tree.sv("status", "web").out())
        .startsWith("finish: web: (pid " + status.pid() + ")");
    tree.shell("echo > services/web/go");
    slow.awaitUpAfter(pid);
    slow.letters("d");
    slow.awaitText("finished", "-1 9\n-1 15\n");
    tree.shell("echo > services/web/go");
    slow.awaitDown();
  }

  @Test
  void aDeathThatWasNotAskedForIsMended(Tree tree) throws IOException {
    start(tree.scenario("stubborn"));
    var good = tree.service("good");
    int pid = good.awaitUp();
    tree.awaitFullSecond("good");
    Ran.of("kill", "-KILL", Integer.toString(pid)).expect(0);
    assertThat(good.awaitUpAfter(pid)).isNotZero();
    var web = tree.service("web");
    web.awaitUp();
    web.letters("dk");
    web.awaitDown();
  }

  @Test
  void runThatCannotBeExecutedGivesFinish111(Tree tree) throws IOException {
    var bad = tree.service("bad").file("run", "#!/bin/sh\nexec sleep 1000\n");
    bad.script("finish", "echo \"$1 $2\" >> finished");
    start(tree);
    bad.awaitText("finished", "111 0\n");
    Ran.of("chmod", "755", bad.dir().resolve("run").toString()).expect(0);
    assertThat(bad.awaitUp()).isNotZero();
  }

  @Test
  void aDirectoryWithDownIsNotStartedByItself(Tree tree) throws IOException {
    start(tree.scenario("signals"));
    tree.service("web").awaitUp();
    var idle = tree.service("idle");
    idle.awaitDown();
    assertThat(idle.status().wanted()).isEqualTo('d');
    assertThat(tree.sv("status", "idle").expect(0).out()).matches("down: idle: \\d+s\n");
  }
}
