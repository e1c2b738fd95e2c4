package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sv's verbs do, through each client and, as the oracle, on Debian's runsvdir. */
@ExtendWith(TreeExtension.class)
abstract class VerbScenarios {
  final Door door;

  VerbScenarios(Door door) {
    this.door = door;
  }

  abstract Daemon start(Tree tree) throws IOException;

  /** The service that writes down its signals, up and ready for them. */
  final Service web(Tree tree) throws IOException {
    start(tree.scenario("signals"));
    var web = tree.service("web");
    web.awaitUp();
    web.awaitText("got", "started\n");
    tree.service("idle").awaitDownFromStart();
    return web;
  }

  final Service stubborn(Tree tree) throws IOException {
    start(tree.scenario("stubborn"));
    var web = tree.service("web").file("timeout-kill", "60000\n");
    web.awaitUp();
    web.awaitText("got", "started\n");
    return web;
  }

  @Test
  void upStartsAServiceThatIsDown(Tree tree) throws IOException {
    web(tree);
    var idle = tree.service("idle");
    assertThat(door.ask(tree, "up", "idle").expect(0).out())
        .matches("ok: run: idle: \\(pid \\d+\\) \\ds, normally down\n");
    assertThat(idle.status()).matches(Status::isUp).matches(status -> status.wanted() == 'u');
    assertThat(Proc.lives(idle.pid())).isTrue();
    door.ask(tree, "down", "idle").expect(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"down", "stop", "force-stop"})
  void downEndsTheServiceAndItStaysDown(String verb, Tree tree) throws IOException {
    var web = web(tree);
    int pid = web.pid();
    assertThat(door.ask(tree, verb, "web").expect(0).out())
        .matches("ok: down: web: \\ds, normally up\n");
    assertThat(web.status()).matches(Status::isDown).matches(status -> status.wanted() == 'd');
    assertThat(Proc.lives(pid)).isFalse();
    assertThat(web.awaitText("got", "TERM")).startsWith("started\n").contains("TERM\n");
    assertThat(web.read("finished")).isEqualTo("0 0\n");
  }

  @Test
  void onceIsNotRestarted(Tree tree) throws IOException {
    var web = web(tree);
    int pid = web.pid();
    door.ask(tree, "once", "web").expect(0);
    assertThat(web.status().pid()).isEqualTo(pid);
    door.ask(tree, "term", "web").expect(0);
    web.awaitDown();
    assertThat(web.read("got")).containsOnlyOnce("started");
  }

  @Test
  void onceStartsWhatIsDown(Tree tree) throws IOException {
    web(tree);
    var idle = tree.service("idle");
    door.ask(tree, "once", "idle").expect(0);
    int pid = idle.awaitUp();
    Ran.of("kill", Integer.toString(pid)).expect(0);
    idle.awaitDown();
  }

  @Test
  void pauseStopsTheProcessAndContContinuesIt(Tree tree) throws IOException {
    var web = web(tree);
    door.ask(tree, "pause", "web").expect(0);
    Await.until("a stopped process", () -> Proc.field(web.pid(), "State").startsWith("T"));
    web.await("to be paused", Status::paused);
    door.ask(tree, "cont", "web").expect(0);
    Await.until("no stopped process", () -> Proc.field(web.pid(), "State").startsWith("S"));
    web.await("not to be paused", status -> !status.paused());
    web.awaitText("got", "CONT\n");
  }

  @ParameterizedTest
  @CsvSource({
    "hup,HUP",
    "alarm,ALRM",
    "interrupt,INT",
    "quit,QUIT",
    "1,USR1",
    "2,USR2",
    "reload,HUP"
  })
  void signalsReachRun(String verb, String signal, Tree tree) throws IOException {
    var web = web(tree);
    int pid = web.pid();
    door.ask(tree, verb, "web").expect(0);
    assertThat(web.awaitText("got", signal + "\n")).isEqualTo("started\n" + signal + "\n");
    assertThat(web.pid()).isEqualTo(pid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"term", "restart", "try-restart", "force-reload", "force-restart"})
  void termIsFollowedByANewRun(String verb, Tree tree) throws IOException {
    var web = web(tree);
    int pid = web.pid();
    tree.awaitFullSecond("web");
    assertThat(door.ask(tree, verb, "web").expect(0).out()).startsWith("ok: run: web: (pid ");
    assertThat(web.awaitUpAfter(pid)).isNotZero();
    assertThat(Proc.lives(pid)).isFalse();
    assertThat(web.read("got")).contains("TERM\n");
    assertThat(web.read("finished")).isEqualTo("0 0\n");
  }

  @Test
  void tryRestartLeavesDownWhatIsDown(Tree tree) throws IOException {
    web(tree);
    door.ask(tree, "try-restart", "idle").expect(0);
    assertThat(tree.service("idle").status()).matches(Status::isDown);
  }

  @Test
  void killIsFollowedByFinishAndANewRun(Tree tree) throws IOException {
    var web = web(tree);
    int pid = web.pid();
    tree.awaitFullSecond("web");
    door.ask(tree, "kill", "web").expect(0);
    web.awaitUpAfter(pid);
    assertThat(web.read("finished")).isEqualTo("-1 9\n");
  }

  @Test
  void checkTellsAServiceThatRuns(Tree tree) throws IOException {
    var web = web(tree);
    assertThat(door.ask(tree, "check", "web").expect(0).out())
        .matches("ok: run: web: \\(pid " + web.pid() + "\\) \\d+s\n");
  }

  @Test
  void upWaitsForCheck(Tree tree) throws IOException {
    start(tree.scenario("checked"));
    var checked = tree.service("checked");
    checked.awaitDownFromStart();
    assertThat(door.ask(tree, "up", "checked").expect(0).out()).startsWith("ok: run: checked: ");
    assertThat(checked.dir().resolve("ready")).exists();
  }

  @Test
  void upWithoutSuccessfulCheckTimesOut(Tree tree) throws IOException {
    start(tree.scenario("checked"));
    var checked = tree.service("checked").script("check", "exit 1");
    checked.awaitDownFromStart();
    var ran = door.ask(tree, 2, "up", "checked").expect(1);
    assertThat(ran.out() + ran.err()).startsWith("timeout: run: checked: ");
  }

  @Test
  void downTimesOutAndStaysAskedFor(Tree tree) throws IOException {
    var web = stubborn(tree);
    int pid = web.pid();
    var ran = door.ask(tree, 1, "down", "web").expect(1);
    assertThat(ran.out() + ran.err()).startsWith("timeout: run: web: ").contains("got TERM");
    assertThat(web.status()).matches(status -> status.pid() == pid && status.wanted() == 'd');
    door.ask(tree, "kill", "web").expect(0);
    web.awaitDown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"force-stop", "force-restart", "force-reload"})
  void forceKillsWhatDoesNotEnd(String verb, Tree tree) throws IOException {
    var web = stubborn(tree);
    int pid = web.pid();
    tree.awaitFullSecond("web");
    var ran = door.ask(tree, 1, verb, "web").expect(1);
    assertThat(ran.out() + ran.err()).startsWith("kill: run: web: (pid " + pid + ")");
    Proc.awaitGone(pid);
    if (verb.equals("force-stop")) {
      web.awaitDown();
    } else {
      web.awaitUpAfter(pid);
      web.letters("dk");
      web.awaitDown();
    }
  }

  @Test
  void exitStatusCountsFailures(Tree tree) throws IOException {
    var web = web(tree);
    int pid = web.pid();
    var ran = door.ask(tree, "up", "nosuch", "web", "neither").expect(2);
    assertThat(ran.out() + ran.err()).contains("nosuch", "neither", "ok: run: web: ");
    assertThat(web.pid()).isEqualTo(pid);
  }

  @Test
  void controlScriptsReplaceOrPrecedeLetters(Tree tree) throws IOException {
    start(tree.scenario("control"));
    var web = tree.service("web");
    int pid = web.awaitUp();
    door.ask(tree, "hup", "web").expect(0);
    web.awaitText("asked", "h\n");
    door.ask(tree, "down", "web").expect(0);
    Proc.awaitGone(pid);
    assertThat(web.awaitText("asked", "d\n")).isEqualTo("u\nh\nt\nd\n");
  }

  /** Exit too; a runsvdir that takes the service up again may be faster than sv looks. */
  @ExtendWith(TreeExtension.class)
  abstract static class WithExit extends VerbScenarios {
    WithExit(Door door) {
      super(door);
    }

    /** sv looks each 0.42 s: whether it sees the service before it is taken up again is luck. */
    private void expect(Ran ran, int status) {
      if (door == Door.USERSVC) {
        ran.expect(status);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "shutdown", "force-shutdown"})
    void exitEndsItUntilItIsTakenUpAgain(String verb, Tree tree) throws IOException {
      var web = web(tree);
      int pid = web.pid();
      expect(door.ask(tree, verb, "web"), 0);
      Proc.awaitGone(pid);
      assertThat(web.read("finished")).isEqualTo("0 0\n");
      web.awaitUpAfter(pid);
    }

    @Test
    void forceShutdownOfEveryDirectoryEndsEverything(Tree tree) throws IOException {
      var web = stubborn(tree);
      int pid = web.pid();
      int other = tree.service("good").awaitUp();
      String good = tree.scan() + "/good";
      expect(door.ask(tree, 2, "force-shutdown", web.dir().toString(), good), 1);
      Proc.awaitGone(pid);
      Proc.awaitGone(other);
      web.awaitUpAfter(pid);
      web.letters("dk");
      web.awaitDown();
    }

    @Test
    void forceShutdownKillsWhatDoesNotEnd(Tree tree) throws IOException {
      var web = stubborn(tree);
      int pid = web.pid();
      var ran = door.ask(tree, 1, "force-shutdown", "web").expect(1);
      assertThat(ran.out() + ran.err()).startsWith("kill: run: web: (pid " + pid + ")");
      Proc.awaitGone(pid);
      web.awaitUpAfter(pid);
      web.letters("dk");
      web.awaitDown();
    }
  }
}
