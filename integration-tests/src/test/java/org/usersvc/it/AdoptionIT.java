package org.usersvc.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The daemon is killed, services go on, and the next daemon takes them over. */
@Order(4)
@ExtendWith(TreeExtension.class)
final class AdoptionIT {
  private static final int UID = 64_203;
  private static final Pattern AGE = Pattern.compile("\\) (\\d+)s");

  private static void kill(Daemon daemon) throws IOException {
    daemon.kill();
    daemon.awaitEnd();
  }

  private static Daemon killAndStart(Tree tree, Daemon daemon) throws IOException {
    kill(daemon);
    return tree.start();
  }

  /** Waits until the daemon has looked at everything. */
  private static void settle(Daemon daemon) throws IOException {
    daemon.ask("rescan").expect(0);
  }

  private static int age(Tree tree, String service) throws IOException {
    var found = AGE.matcher(tree.sv("status", service).out());
    return found.find() ? Integer.parseInt(found.group(1)) : -1;
  }

  private static Path state(Tree tree) {
    return tree.runtime().resolve("usersvc/state");
  }

  private static List<Path> pipes(Tree tree) throws IOException {
    try (var all = Files.list(tree.runtime().resolve("usersvc/pipes"))) {
      return all.toList();
    }
  }

  /** Ends with 7 as soon as there is a file {@code stop}. */
  private static Service stoppable(Tree tree, String name) throws IOException {
    return tree.service(name)
        .run("echo started >> starts", "while [ ! -e stop ]; do sleep 0.02; done", "exit 7")
        .script("finish", "rm -f stop", "echo \"$1 $2\" >> ends");
  }

  @Test
  void allGoOnUntouchedWithTheirAges(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    web.log().run("exec cat > said");
    var slow =
        tree.service("slow")
            .run("exit 0")
            .script("finish", "while [ ! -e go ]; do sleep 0.02; done", "exit 125");
    var daemon = tree.start();
    int run = web.awaitUp();
    int logger = web.log().awaitUp();
    int finish =
        slow.await("to finish", status -> status.state() == Status.FINISH && status.pid() != 0)
            .pid();
    tree.awaitFullSecond("web");
    int age = age(tree, "web");
    daemon = killAndStart(tree, daemon);
    settle(daemon);
    assertThat(web.awaitUp()).isEqualTo(run);
    assertThat(web.log().awaitUp()).isEqualTo(logger);
    assertThat(slow.pid()).isEqualTo(finish);
    assertThat(age(tree, "web")).isGreaterThanOrEqualTo(age).isLessThan(age + 60);
    slow.file("go", "");
    slow.awaitDown();
    assertThat(daemon.ask("status", "slow").out().toString()).contains("failed");
    assertThat(web.status()).matches(status -> status.isUp() && status.pid() == run);
  }

  @Test
  void theEndOfWhatWasTakenOverIsKnownExactly(Tree tree) throws IOException {
    var web = stoppable(tree, "web");
    var daemon = tree.start();
    int pid = web.awaitUp();
    daemon = killAndStart(tree, daemon);
    settle(daemon);
    web.file("stop", "");
    pid = web.awaitUpAfter(pid);
    web.awaitText("starts", "started\n".repeat(2));
    assertThat(web.read("ends")).isEqualTo("7 0\n");
    daemon = killAndStart(tree, daemon);
    settle(daemon);
    web.letters("k");
    web.awaitUpAfter(pid);
    assertThat(web.read("ends")).isEqualTo("7 0\n-1 9\n");
    String starts = "started\n".repeat(3);
    assertThat(web.awaitText("starts", starts)).isEqualTo(starts);
  }

  @Test
  void theEndThatNobodySawIsUnknown(Tree tree) throws IOException {
    var web = stoppable(tree, "web");
    var daemon = tree.start();
    int pid = web.awaitUp();
    kill(daemon);
    web.file("stop", "");
    Proc.awaitGone(pid);
    tree.start();
    web.awaitUpAfter(pid);
    assertThat(web.read("ends")).isEqualTo("-1 0\n");
  }

  @Test
  void whatIsWantedAndWhatIsDoneIsKept(Tree tree) throws IOException {
    var down = tree.service("down").steady();
    var done = tree.service("done").run("echo done >> runs").file("type", "oneshot\n");
    var crash = tree.service("crash").run("echo run >> runs", "exit 1");
    var daemon = tree.start();
    down.awaitUp();
    daemon.ask("down", "down").expect(0);
    crash.awaitText("runs", "run\n".repeat(5)); // the next delay is one of 16 s
    done.awaitText("runs", "done\n");
    var seen = daemon;
    Await.until(
        "the daemon to have seen the fifth end",
        () -> seen.ask("status", "crash").out().toString().contains("next start in"));
    daemon = killAndStart(tree, daemon);
    settle(daemon);
    assertThat(down.status()).matches(status -> status.isDown() && status.wanted() == 'd');
    assertThat(done.read("runs")).isEqualTo("done\n");
    assertThat(crash.read("runs")).isEqualTo("run\n".repeat(5));
    assertThat(daemon.ask("status", "crash").out().toString()).contains("next start in");
    crash.awaitText("runs", "run\n".repeat(6));
  }

  @Test
  void sessionsAndWhatWasSetByHandAreKept(Tree tree) throws IOException {
    var needy = tree.service("needy").steady().file("needs-env", "A\nH\n");
    var daemon = tree.start();
    var leader = tree.begin("sleep", "1000");
    var other = tree.begin("sleep", "1001");
    for (var each : List.of(leader, other)) {
      tree.usersvc("session", "register", "--leader", "" + each.pid(), "A=" + each.pid()).expect(0);
    }
    tree.usersvc("env", "set", "H=hand").expect(0);
    needy.awaitUp();
    settle(daemon);
    kill(daemon);
    other.kill();
    daemon = tree.start();
    settle(daemon);
    assertThat(tree.usersvc("session", "list").out())
        .contains("sleep(" + leader.pid() + ")")
        .doesNotContain("sleep(" + other.pid() + ")");
    assertThat(tree.usersvc("env").out()).contains("A=" + leader.pid() + "\n", "H=hand\n");
    tree.usersvc("session", "register", "--leader", "" + daemon.pid(), "B=1").expect(0);
    assertThat(tree.usersvc("session", "list").out()).containsPattern("(?m)^3 ");
    leader.kill();
    Await.until(
        "the end of the session", () -> !tree.usersvc("session", "list").out().contains("sleep("));
  }

  @Test
  void aBusOfASessionIsJoinedAgain(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var bus = Bus.atPath(Desktop.ofOurselves(tree), "bus");
    var daemon = tree.start();
    bus.register();
    bus.awaitManager();
    int pid = web.awaitUp();
    daemon = killAndStart(tree, daemon);
    bus.awaitManager().manager("Restart", "web", "0").expect(0);
    web.awaitUpAfter(pid);
    assertThat(daemon.lives()).isTrue();
  }

  @Test
  void linesThatAreWrittenMeanwhileAreLoggedOnce(Tree tree) throws IOException {
    var loop = "while :; do if [ -e go ]; then echo meanwhile; mv go gone; fi; sleep 0.02; done";
    var web = tree.service("web").run(loop);
    var own = tree.service("own").run(loop);
    own.log().run("exec cat >> said");
    var daemon = tree.start();
    web.awaitUp();
    own.awaitUp();
    own.log().awaitUp();
    kill(daemon);
    for (var each : List.of(web, own)) {
      each.file("go", "");
      Await.until("the line", () -> Files.exists(each.dir().resolve("gone")));
    }
    daemon = tree.start();
    var current = tree.root().resolve(".local/state/usersvc/log/web/current");
    Await.until("the log", () -> Files.readString(current, US_ASCII).contains("meanwhile"));
    own.log().awaitText("said", "meanwhile\n");
    settle(daemon);
    assertThat(Files.readString(current, US_ASCII)).containsOnlyOnce("meanwhile");
    assertThat(own.log().read("said")).isEqualTo("meanwhile\n");
  }

  @Test
  void whatWasRemovedMeanwhileIsEnded(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    web.log().run("exec cat > said");
    var daemon = tree.start();
    int run = web.awaitUp();
    int logger = web.log().awaitUp();
    kill(daemon);
    web.moveTo(tree.root().resolve("aside"));
    daemon = tree.start();
    daemon.awaitLog("web: is no longer in the scan directory", "pid " + run);
    Proc.awaitGone(run);
    Proc.awaitGone(logger);
    Await.until("no FIFO", () -> pipes(tree).isEmpty());
  }

  @Test
  void whereverTheStateIsCutNothingRunsTwice(Tree tree) throws IOException {
    var services = List.of(stoppable(tree, "a"), stoppable(tree, "b"), tree.service("c").steady());
    services.get(1).log().run("echo started >> starts", "exec cat > said");
    var daemon = tree.start();
    var pids = new ArrayList<Integer>();
    for (var service : services) {
      pids.add(service.awaitUp());
    }
    int logger = services.get(1).log().awaitUp();
    settle(daemon);
    kill(daemon);
    byte[] whole = Files.readAllBytes(state(tree));
    for (int length = 0; length <= whole.length; length++) {
      boolean lineEnd = length > 0 && whole[length - 1] == '\n';
      if (length % 97 == 0 || lineEnd || (length < whole.length && whole[length] == '\n')) {
        Files.write(state(tree), Arrays.copyOf(whole, length));
        daemon = tree.start();
        settle(daemon);
        for (int i = 0; i < services.size(); i++) {
          assertThat(services.get(i).pid()).as("cut at %d", length).isEqualTo(pids.get(i));
        }
        assertThat(services.get(1).log().pid()).as("cut at %d", length).isEqualTo(logger);
        if (lineEnd) {
          assertThat(daemon.countLog("is damaged in")).isZero();
        } else {
          daemon.expectLog(1, "is damaged in");
        }
        kill(daemon);
      }
    }
    tree.start();
    assertThat(services.get(0).read("starts")).isEqualTo("started\n");
    assertThat(services.get(1).log().read("starts")).isEqualTo("started\n");
  }

  @Test
  void stateOfAnotherBootIsPutAside(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    kill(daemon);
    String text = Files.readString(state(tree), US_ASCII).replaceAll(",\"sum\":\"[0-9a-f]*\"", "");
    Files.writeString(state(tree), text.replaceFirst("\"boot\":\"[^\"]*", "\"boot\":\"other"));
    daemon = tree.start();
    daemon.awaitLog("state.old", "before the machine was started anew");
    settle(daemon);
    assertThat(web.pid()).isEqualTo(pid);
    assertThat(state(tree)).exists();
  }

  private static void empty(Tree tree) throws IOException {
    // Some of it is made anew while it goes.
    tree.shell("until rm -rf run/* .local/state/usersvc/claims*; do :; done").expect(0);
  }

  /** One that throws its environment away, one with a log service, and what they start. */
  private static List<Service> lasting(Tree tree) throws IOException {
    var plain =
        tree.service("plain")
            .run(
                "echo started >> starts",
                "setsid sleep 1000 & echo $! >> offspring",
                "setsid sh -c 'cd /; exec sleep 1000' & echo $! >> offspring",
                "while :; do echo said by $$ >&2; sleep 0.05; done");
    var bare = tree.service("bare").run("echo started >> starts", "exec env -i sleep 1000");
    var logged =
        tree.service("logged")
            .run("echo started >> starts", "while :; do echo line; sleep 0.05; done");
    logged.log().run("echo started >> starts", "exec cat >> said");
    return List.of(plain, bare, logged, logged.log());
  }

  private static void expectOnce(List<Service> services, List<Integer> pids) throws IOException {
    for (int i = 0; i < services.size(); i++) {
      assertThat(services.get(i).awaitUp()).isEqualTo(pids.get(i));
      assertThat(services.get(i).awaitText("starts", "started\n")).isEqualTo("started\n");
    }
  }

  @Test
  void whateverIsLostNothingRunsTwiceAndTheLogGoesOn(Tree tree) throws IOException {
    var services = lasting(tree);
    var daemon = tree.start();
    var pids = new ArrayList<Integer>();
    for (var service : services) {
      pids.add(service.awaitUp());
    }
    settle(daemon);
    kill(daemon);
    empty(tree);
    daemon = tree.start();
    settle(daemon);
    expectOnce(services, pids);
    var current = tree.root().resolve(".local/state/usersvc/log/plain/current");
    long logged = Await.answer("a log", () -> Files.size(current), _ -> true);
    var file = services.get(3).dir().resolve("said");
    long said = Await.answer("a log service's file", () -> Files.size(file), _ -> true);
    Await.until("lines of the built-in logger", () -> Files.size(current) > logged);
    Await.until("lines of the log service", () -> Files.size(file) > said);
    empty(tree);
    // Until then it refuses to be replaced.
    Await.until("a new socket", () -> Files.exists(tree.runtime().resolve("usersvc/control")));
    daemon.signal("USR2");
    daemon.awaitLog("has come into place");
    settle(daemon);
    expectOnce(services, pids);
    tree.shell("kill $(cat " + services.getFirst().dir().resolve("offspring") + ")").expect(0);
  }

  /** ssh-agent shows nobody but root what it has. */
  @Test
  void aProcessThatHidesWhatItIsIsWaitedFor(Tree tree) throws IOException {
    var agent = tree.service("agent").run("exec ssh-agent -D -a \"$XDG_RUNTIME_DIR/agent\"");
    var other = tree.service("other").steady();
    var daemon = tree.launch().unprivileged(UID).start();
    int pid = agent.awaitUp();
    Await.until("the agent", () -> Files.exists(tree.runtime().resolve("agent")));
    settle(daemon);
    kill(daemon);
    empty(tree);
    daemon = tree.launch().unprivileged(UID).start();
    daemon.awaitLog("agent: pid " + pid + " may be it", "kill " + pid);
    settle(daemon);
    other.awaitUp();
    assertThat(Proc.lives(pid)).isTrue();
    assertThat(Proc.withCommandLine("ssh-agent -D -a " + tree.runtime() + "/agent")).hasSize(1);
    tree.shell("kill " + pid).expect(0);
    assertThat(agent.awaitUp()).isNotEqualTo(pid);
  }

  @Test
  void whoShowsNothingOfItselfIsKnownByItsStatus(Tree tree) throws IOException {
    String begin = "echo started >> starts; cd /; exec > /dev/null 2>&1 < /dev/null";
    String agent = "exec ssh-agent -D -a \"$XDG_RUNTIME_DIR/agent\"";
    var services =
        List.of(
            tree.service("bare").run(begin, "exec env -i sleep 1000"),
            tree.service("led").run(begin, "exec setsid env -i sleep 1001"),
            tree.service("agent").run(begin, agent));
    var daemon = tree.launch().unprivileged(UID).start();
    for (int i = 0; i < 2; i++) {
      String program = "sleep 100" + i;
      var service = services.get(i);
      Await.until(program, () -> Proc.commandLine(service.pid()).equals(program));
    }
    Await.until("the agent", () -> Files.exists(tree.runtime().resolve("agent")));
    settle(daemon);
    var pids = new ArrayList<Integer>();
    for (var service : services) {
      pids.add(service.awaitUp());
    }
    kill(daemon);
    Files.delete(state(tree));
    daemon = tree.launch().unprivileged(UID).start();
    settle(daemon);
    expectOnce(services, pids);
  }

  @Test
  void atTheRegularEndNothingIsLeftOfTheState(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    web.awaitUp();
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(state(tree)).doesNotExist();
    assertThat(pipes(tree)).isEmpty();
  }
}
