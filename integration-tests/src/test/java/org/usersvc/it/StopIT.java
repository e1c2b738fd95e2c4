package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end of the daemon. */
@ExtendWith(TreeExtension.class)
final class StopIT {
  /** A service that does not end on TERM, ready to be told. */
  private static Service stubborn(Tree tree, String timeoutKill) throws IOException {
    tree.scenario("stubborn");
    return tree.service("web").file("timeout-kill", timeoutKill + "\n");
  }

  private static void awaitReady(Service web) throws IOException {
    web.awaitUp();
    web.awaitText("got", "started\n");
  }

  @Test
  void termStopsAllServicesAtOnce(Tree tree) throws IOException {
    var daemon = tree.scenario("graceful").start();
    for (int i = 1; i <= 5; i++) {
      awaitReady(tree.service("g" + i));
    }
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(Files.readString(tree.root().resolve("stopping")))
        .isEqualTo("begun\n".repeat(5) + "ended\n".repeat(5));
    assertThat(tree.sv("status", "g1").expect(1).out()).contains("runsv not running");
    tree.sv("exit", "g1").expect(0);
  }

  @Test
  void interruptDoesTheSame(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    daemon.signal("INT");
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(Proc.lives(pid)).isFalse();
  }

  @Test
  void inTheBackgroundItIsReadyWhenTheCommandReturnsAndSaysWhoEndsIt(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.service("silent").steady().file("log", "");
    String start = Programs.image("usersvcd");
    tree.run(start, "--background", tree.scan().toString()).expect(0);
    assertThat(tree.usersvc("up", "web", "silent").expect(0).out()).contains("web");
    int pid = web.awaitUp();
    assertThat(tree.run(start, "--background", tree.scan().toString()).expect(111).err())
        .startsWith("usersvcd: fatal: another usersvcd (pid ");
    tree.usersvc("stop-daemon").expect(0);
    assertThat(Proc.lives(pid)).isFalse();
    assertThat(tree.usersvc("log", "usersvcd").out())
        .contains("SIGTERM from java(", "), stopping 2 services");
  }

  @Test
  void hangupEndsWith111(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    daemon.signal("HUP");
    assertThat(daemon.awaitEnd()).isEqualTo(111);
    assertThat(Proc.lives(pid)).isFalse();
  }

  @Test
  void whatDoesNotEndIsKilledAfterTimeoutKill(Tree tree) throws IOException {
    var web = stubborn(tree, "8000").script("finish", "echo \"$1 $2\" >> finished");
    var daemon = tree.start();
    awaitReady(web);
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(web.read("got")).isEqualTo("started\nTERM\n");
    assertThat(web.read("finished")).isEqualTo("-1 9\n");
    assertThat(daemon.log()).contains("web: does not end in time");
  }

  @Test
  void aSecondSignalKillsAtOnce(Tree tree) throws IOException {
    var web = stubborn(tree, "3600000");
    var daemon = tree.start();
    awaitReady(web);
    daemon.signal("TERM");
    web.awaitText("got", "TERM\n");
    assertThat(daemon.lives()).isTrue();
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
  }

  @Test
  void aPausedServiceIsContinuedToEnd(Tree tree) throws IOException {
    var web = tree.scenario("signals").service("web").file("timeout-kill", "3600000\n");
    var daemon = tree.start();
    awaitReady(web);
    web.letters("p");
    Await.until("a stopped process", () -> Proc.field(web.pid(), "State").startsWith("T"));
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(web.read("finished")).isEqualTo("0 0\n");
  }

  @Test
  void clientsThatWaitAreAnsweredBeforeTheEnd(Tree tree) throws IOException {
    var web = stubborn(tree, "3600000");
    var daemon = tree.start();
    awaitReady(web);
    try (var client = new Client(daemon.socket())) {
      client.send("{\"verb\":\"restart\",\"services\":[\"web\"],\"wait_ms\":170000}\n");
      web.awaitText("got", "TERM\n");
      daemon.signal("TERM");
      Reply.rest(client).expect(1);
    }
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
  }

  @Test
  void leftoversOfAServiceThatWentDownAreEnded(Tree tree) throws IOException {
    var web =
        tree.service("web")
            .run(
                "sh -c 'trap \"echo got TERM >> left; exit\" TERM; echo $$ > pid;"
                    + " while :; do sleep 0.1; done' &",
                "exec sleep 1000");
    var daemon = tree.start();
    web.awaitUp();
    long left = Long.parseLong(web.awaitText("pid", "\n").strip());
    assertThat(Proc.lives(left)).isTrue();
    daemon.ask("down", "web").expect(0);
    Proc.awaitGone(left);
    assertThat(web.read("left")).isEqualTo("got TERM\n");
    daemon.awaitNoZombies();
  }

  @Test
  void leftoversThatDoNotEndAreKilled(Tree tree) throws IOException {
    var web =
        tree.service("web")
            .run(
                "sh -c 'trap \"\" TERM; echo $$ > pid; while :; do sleep 0.1; done' &",
                "exec sleep 1000")
            .file("timeout-kill", "300\n");
    var daemon = tree.start();
    web.awaitUp();
    long left = Long.parseLong(web.awaitText("pid", "\n").strip());
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(Proc.lives(left)).isFalse();
  }

  @Test
  void aServiceThatIsWaitedForMayBeStoppedToo(Tree tree) throws IOException {
    var quick = tree.service("quick").run("exit 1");
    tree.service("incomplete");
    var daemon = tree.start();
    daemon.awaitLog("quick", "next start in 4 s");
    assertThat(quick.status().wanted()).isEqualTo('u');
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
  }

  /** TERM ends the daemon, at the end of the test, and what has ended is started again. */
  @Test
  void signalsThatItsParentIgnoresAreNoticed(Tree tree) throws IOException {
    var web = tree.service("web").steady().script("finish", "echo \"$1\" >> finished");
    String python =
        """
        import os, signal, sys
        for name in signal.SIGTERM, signal.SIGCHLD:
          signal.signal(name, signal.SIG_IGN)
        os.execvp(sys.argv[1], sys.argv[1:])
        """;
    tree.launch().under("python3", "-c", python).start();
    int pid = web.awaitUp();
    Ran.of("kill", "-KILL", Integer.toString(pid)).expect(0);
    web.awaitText("finished", "-1\n");
    web.awaitUpAfter(pid);
  }
}
