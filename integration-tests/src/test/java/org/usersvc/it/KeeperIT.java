package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What lies in FIFOs while no daemon lives is there for the next one. */
@ExtendWith(TreeExtension.class)
final class KeeperIT {
  private static final String GO = "while [ ! -e go ]; do sleep 0.02; done";

  private static void kill(Daemon daemon) throws IOException {
    daemon.kill();
    daemon.awaitEnd();
  }

  /** Those of this tree; one that finds another ends at once. */
  private static List<Long> keepers(Tree tree) throws IOException {
    return Proc.withCommandLine("./usersvc-keeper " + tree.runtime() + "/usersvc");
  }

  private static long keeper(Tree tree) throws IOException {
    return Await.answer("one keeper", () -> keepers(tree), all -> all.size() == 1).getFirst();
  }

  /** Waits until it has that FIFO open. */
  private static long keeperOf(Tree tree, int fifos) throws IOException {
    long keeper = keeper(tree);
    String pipes = tree.runtime() + "/usersvc/pipes/";
    Await.until(
        "the keeper to hold " + fifos,
        () -> Proc.openFiles(keeper).stream().filter(it -> it.startsWith(pipes)).count() == fifos);
    return keeper;
  }

  @Test
  void whatServicesWriteLastIsLoggedByTheNextDaemon(Tree tree) throws IOException {
    var web = tree.service("web").run(GO, "echo last words; echo and more >&2; exec rm go");
    var daemon = tree.start();
    int pid = web.awaitUp();
    keeperOf(tree, 1);
    kill(daemon);
    web.file("go", "");
    Proc.awaitGone(pid);
    tree.start();
    web.awaitUpAfter(pid);
    var log = LogFiles.builtIn(tree, "web");
    String text = Await.answer("the log", log::text, it -> it.contains(" and more\n"));
    assertThat(text.lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith(" last words"),
            line -> assertThat(line).endsWith(" and more"));
  }

  @Test
  void aLogServiceDoesNotSeeTheEndOfItsInputWhileItsServiceIsDown(Tree tree) throws IOException {
    var web = tree.service("web").run("echo one; exec sleep 1000").file("down", "");
    web.log().run("exec cat >> said");
    var daemon = tree.start();
    int logger = web.log().awaitUp();
    keeperOf(tree, 1);
    kill(daemon);
    assertThat(keepers(tree)).hasSize(1);
    daemon = tree.start();
    daemon.ask("rescan").expect(0);
    assertThat(web.log().awaitUp()).isEqualTo(logger);
    daemon.ask("up", "web").expect(0);
    web.log().awaitText("said", "one\n");
    assertThat(web.log().pid()).isEqualTo(logger);
  }

  @Test
  void readinessThatNobodyHasHeardCountsForThatRunAlone(Tree tree) throws IOException {
    var web =
        tree.service("web")
            .file("notification-fd", "3\n")
            .run(
                GO,
                "echo >&3; exec 3>&-",
                "while [ ! -e stop ]; do sleep 0.02; done",
                "rm stop go");
    var daemon = tree.start();
    int pid = web.awaitUp();
    keeperOf(tree, 2);
    kill(daemon);
    web.file("go", "");
    Await.until(
        "the descriptor to be closed",
        () -> Proc.openFiles(pid).stream().noneMatch(it -> it.endsWith("-ready")));
    daemon = tree.start();
    daemon.ask("wait", "web").expect(0);
    kill(daemon);
    web.file("stop", "");
    Proc.awaitGone(pid);
    daemon = tree.start();
    web.awaitUpAfter(pid);
    assertThat(daemon.ask("status", "web").out().toString()).contains("not ready");
  }

  @Test
  void thereIsOneAsLongAsThereIsSomethingToHold(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    long first = keeperOf(tree, 1);
    kill(daemon);
    daemon = tree.start();
    daemon.ask("reexec").expect(0);
    assertThat(keeper(tree)).isEqualTo(first);
    assertThat(web.pid()).isEqualTo(pid);
    daemon.signal("TERM");
    daemon.awaitEnd();
    Proc.awaitGone(first);
  }

  @Test
  void oneThatIsKilledIsReplaced(Tree tree) throws IOException {
    tree.service("web").steady().file("down", "");
    tree.service("other").steady();
    var daemon = tree.start();
    killOne(tree);
    kill(daemon);
    tree.start().ask("rescan").expect(0);
    killOne(tree);
  }

  /** As one that was started when its daemon was killed. */
  @Test
  void oneThatHasNotSaidWhoItIsIsMissedWhenItEnds(Tree tree) throws IOException {
    tree.service("web").steady();
    var lock = Files.createDirectories(tree.runtime().resolve("usersvc")).resolve("keeper");
    var holder = tree.begin("flock", "--no-fork", lock.toString(), "sleep", "1000");
    Await.until("the lock", () -> Ran.of("flock", "-n", lock.toString(), "true").status() != 0);
    var daemon = tree.start();
    assertThat(daemon.countLog("usersvc-keeper")).isZero();
    holder.kill();
    keeperOf(tree, 1);
  }

  private static void killOne(Tree tree) throws IOException {
    long keeper = keeperOf(tree, 1);
    Ran.of("kill", "-KILL", Long.toString(keeper)).expect(0);
    Proc.awaitGone(keeper);
    assertThat(keeperOf(tree, 1)).isNotEqualTo(keeper);
  }

  @Test
  void otherFilesAreLeftAlone(Tree tree) throws IOException {
    tree.service("web").steady();
    var daemon = tree.start();
    long keeper = keeperOf(tree, 1);
    var pipes = tree.runtime().resolve("usersvc/pipes");
    Files.createSymbolicLink(pipes.resolve("link"), tree.root().resolve("elsewhere"));
    Files.writeString(pipes.resolve("file"), "");
    tree.shell("mkfifo elsewhere run/usersvc/pipes/fifo").expect(0);
    keeperOf(tree, 2);
    assertThat(Proc.openFiles(keeper))
        .noneMatch(it -> it.endsWith("/file") || it.endsWith("/elsewhere"));
    Files.delete(pipes.resolve("fifo"));
    keeperOf(tree, 1);
    daemon.ask("status", "web").expect(0);
  }
}
