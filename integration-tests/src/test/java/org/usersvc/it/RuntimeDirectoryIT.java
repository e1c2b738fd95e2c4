package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** XDG_RUNTIME_DIR is emptied, unmounted, hidden, and comes back, while the daemon lives. */
@ExtendWith(TreeExtension.class)
final class RuntimeDirectoryIT {
  private static final String TICK = "while :; do echo tick; sleep 0.1; done";

  private static String own(Tree tree) {
    return tree.runtime() + "/usersvc";
  }

  private static String mount(Tree tree, String options) {
    return "mount -t tmpfs -o mode=700," + options + " none " + tree.runtime() + "\n";
  }

  private static int pid(Daemon daemon, String service) throws IOException {
    var line = daemon.ask("status", service).expect(0).out().getLast();
    return Integer.parseInt(line.split(" +", -1)[2]);
  }

  private static void awaitMore(LogFiles log) throws IOException {
    int before = Await.answer("a log", log::text, text -> true).length();
    Await.until("more to be logged", () -> log.text().length() > before);
  }

  /** What sv says among the mounts, once it finds that process and that it runs for a second. */
  private static void awaitSv(Mounts seen, String service, int pid) throws IOException {
    String expected = "run: " + service + ": \\(pid " + pid + "\\) [1-9][0-9]*s.*";
    Await.answer(
        "sv", () -> seen.run("sv status " + service).out(), out -> out.strip().matches(expected));
  }

  @Test
  void oneThatIsHiddenIsMissedAndTheNextOneIsUsed(Tree tree) throws IOException {
    tree.service("web").run(TICK);
    var daemon = tree.launch().afterMounting(mount(tree, "size=10m")).start();
    daemon.ask("up", "web").expect(0);
    int run = pid(daemon, "web");
    var log = LogFiles.builtIn(tree, "web");
    awaitMore(log);
    var seen = Mounts.of(tree, daemon);
    seen.run(mount(tree, "ro")).expect(0);
    daemon.awaitLog(own(tree) + " is gone");
    awaitMore(log);
    tree.prepare("late").run("echo said; exec sleep 1000").moveTo(tree.scan().resolve("late"));
    var lateLog = LogFiles.builtIn(tree, "late");
    Await.until("its log", () -> lateLog.text().endsWith(" said\n"));
    seen.run(mount(tree, "size=10m")).expect(0);
    daemon.awaitReady();
    assertThat(pid(daemon, "web")).isEqualTo(run);
    awaitSv(seen, "web", run);
    awaitSv(seen, "late", pid(daemon, "late"));
    daemon.awaitLog(own(tree) + " is another one");
    daemon.expectLog(2, own(tree));
    awaitMore(log);
    seen.run("sv restart web").expect(0);
    assertThat(pid(daemon, "web")).isNotEqualTo(run);
    awaitMore(log);
  }

  @Test
  void oneThatIsUnmountedIsMadeAnewWhereItMay(Tree tree) throws IOException {
    tree.service("web").steady();
    var daemon = tree.launch().afterMounting(mount(tree, "size=10m")).start();
    daemon.ask("up", "web").expect(0);
    int run = pid(daemon, "web");
    var seen = Mounts.of(tree, daemon);
    seen.run("umount --lazy " + tree.runtime()).expect(0);
    daemon.awaitLog(own(tree) + " is another one");
    daemon.awaitReady();
    awaitSv(seen, "web", run);
    daemon.expectLog(1, own(tree));
  }

  @Test
  void whatWasRemovedIsThereForClientsAndForTheNextDaemon(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var logged = tree.service("logged").steady();
    logged.log().steady();
    var daemon = tree.start();
    int run = web.awaitUp();
    int logger = logged.log().awaitUp();
    var gone = tree.runtime().resolve("gone"); // out of the way of a status that comes again
    Files.move(Path.of(own(tree)), gone);
    Ran.of("rm", "-rf", gone.toString());
    daemon.awaitLog(own(tree) + " is another one");
    daemon.awaitReady();
    assertThat(web.awaitUp()).isEqualTo(run);
    assertThat(logged.log().awaitUp()).isEqualTo(logger);
    int before = logged.awaitUp();
    tree.sv("restart", "logged").expect(0);
    int other = logged.awaitUpAfter(before);
    for (var name : new String[] {"lock", "state", "ledger", "keeper", "env.sh", "control"}) {
      var file = tree.runtime().resolve("usersvc").resolve(name);
      Await.until(name, () -> Files.exists(file));
    }
    daemon.expectLog(1, own(tree));
    daemon.kill();
    daemon.awaitEnd();
    daemon = tree.start();
    daemon.ask("rescan").expect(0);
    assertThat(web.awaitUp()).isEqualTo(run);
    assertThat(logged.awaitUp()).isEqualTo(other);
    assertThat(logged.log().awaitUp()).isEqualTo(logger);
  }

  @Test
  void filesThatACleanerTakesAreMadeAnew(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int run = web.awaitUp();
    Ran.of("find", own(tree), "-ignore_readdir_race", "-type", "f", "-delete").expect(0);
    Await.until("a status", () -> tree.sv("status", "web").out().startsWith("run: "));
    assertThat(web.pid()).isEqualTo(run);
    tree.sv("restart", "web").expect(0);
    int next = web.awaitUpAfter(run);
    daemon.kill();
    daemon.awaitEnd();
    daemon = tree.start();
    daemon.ask("rescan").expect(0);
    assertThat(web.awaitUp()).isEqualTo(next);
  }
}
