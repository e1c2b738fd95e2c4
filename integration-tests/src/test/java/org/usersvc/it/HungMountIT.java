package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A file system that does not answer, a stopped bindfs, keeps only what is on it waiting. */
@Tag("root")
@ExtendWith(TreeExtension.class)
final class HungMountIT {
  private long bindfs;

  /** A daemon in whose eyes the directory is on a FUSE file system. */
  private Daemon start(Tree tree, Path mounted) throws IOException {
    var behind = Files.createDirectories(tree.root().resolve("behind"));
    Files.createDirectories(mounted);
    String mount = "bindfs " + behind + " " + mounted;
    var daemon = tree.launch().afterMounting(mount).start();
    bindfs = Proc.withCommandLine(mount).getFirst();
    return daemon;
  }

  private void signal(Tree tree, String name) throws IOException {
    tree.shell("kill -" + name + " " + bindfs).expect(0);
  }

  @AfterEach
  void endBindfs(Tree tree) throws IOException {
    if (bindfs != 0) {
      signal(tree, "KILL");
      Proc.awaitGone(bindfs);
    }
  }

  private static void awaitMoreLines(Path log) throws IOException {
    long size = Files.size(log);
    Await.until("more lines in " + log, () -> Files.size(log) > size);
  }

  @Test
  void aLogDirectoryThatHangsKeepsItsOwnServiceOnly(Tree tree) throws IOException {
    var logs = tree.root().resolve(".local/state/usersvc/log");
    String endless = "while :; do echo line; sleep 0.05; done";
    tree.service("slow").run(endless);
    var other = tree.service("other").run(endless);
    var daemon = start(tree, logs.resolve("slow"));
    var slow = tree.root().resolve("behind/current");
    var current = logs.resolve("other/current");
    Await.until("the first lines", () -> Files.exists(slow) && Files.exists(current));
    awaitMoreLines(slow);
    signal(tree, "STOP");
    daemon.awaitLog("does not answer, and holds the logs of slow;");
    awaitMoreLines(current);
    daemon.ask("restart", "other").expect(0);
    awaitMoreLines(current);
    signal(tree, "CONT");
    daemon.awaitLog("answers again, logs on it are written");
    awaitMoreLines(slow);
    int pid = other.awaitUp();
    signal(tree, "STOP");
    daemon.signal("TERM");
    Proc.awaitGone(pid);
    var running = tree.root().resolve(".local/state/usersvc/usersvc.running");
    Await.until("the daemon to leave", () -> !Files.exists(running));
    signal(tree, "CONT"); // the kernel keeps who closes a file there until it is answered
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(daemon.countLog("holds the logs of")).isLessThanOrEqualTo(2);
  }

  @Test
  void aServiceDirectoryThatHangsKeepsItsOwnServiceOnly(Tree tree) throws IOException {
    var other = tree.service("other").steady();
    var slow = tree.service("slow").run("echo $$ > pid", "exec sleep 1000");
    var behind = tree.root().resolve("behind");
    var mounted = tree.root().resolve("mounted");
    Ran.of("mv", slow.dir().toString(), behind.toString()).expect(0);
    Files.createSymbolicLink(slow.dir(), mounted);
    var daemon = start(tree, mounted);
    daemon.ask("wait", "slow").expect(0);
    String pid =
        Await.answer(
            "a pid", () -> Files.readString(behind.resolve("pid")), text -> text.endsWith("\n"));
    signal(tree, "STOP");
    tree.shell("kill " + pid).expect(0);
    daemon.awaitLog("does not answer; services that need it wait for it");
    int before = other.awaitUp();
    daemon.ask("restart", "other").expect(0);
    assertThat(other.awaitUpAfter(before)).isNotEqualTo(before);
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
  }
}
