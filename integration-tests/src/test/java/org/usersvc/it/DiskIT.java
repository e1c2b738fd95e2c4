package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Disks that are full or read-only; they are mounted where only the daemon sees them. */
@ExtendWith(TreeExtension.class)
final class DiskIT {
  /** Runs shell commands among the daemon's mounts. */
  private static Ran among(Daemon daemon, Tree tree, String commands) throws IOException {
    return Mounts.of(tree, daemon).run(commands);
  }

  private static String tmpfs(Tree tree, String options) {
    return "mount -t tmpfs -o mode=700," + options + " none " + tree.runtime() + "\n";
  }

  private static String fill(Tree tree) {
    return "cat /dev/zero > " + tree.runtime() + "/fill 2> /dev/null || :\n";
  }

  private static int pid(Daemon daemon, Tree tree, String service) throws IOException {
    var command = "cat " + tree.scan() + "/" + service + "/supervise/pid";
    return Integer.parseInt(among(daemon, tree, command).expect(0).out().strip());
  }

  @Test
  void aRuntimeDirectoryThatFillsUpIsToldOnceAndServicesGoOn(Tree tree) throws IOException {
    tree.service("web").steady();
    tree.service("other").steady();
    var daemon = tree.launch().afterMounting(tmpfs(tree, "size=256k")).start();
    daemon.ask("up", "web", "other").expect(0);
    Await.until("other", () -> pid(daemon, tree, "other") != 0);
    int beside = pid(daemon, tree, "other");
    among(daemon, tree, fill(tree)).expect(0);
    for (int i = 0; i < 3; i++) {
      daemon.ask("down", "web").expect(0);
      daemon.ask("up", "web").expect(0);
    }
    assertThat(daemon.awaitLog("web: ")).contains("no space left on device").contains("supervise");
    daemon.expectLog(1, "no space left");
    among(daemon, tree, "rm " + tree.runtime() + "/fill").expect(0);
    daemon.ask("restart", "web").expect(0);
    String status = "SVDIR=" + tree.scan() + " sv status web";
    String pid = daemon.ask("status", "web").out().getLast().split(" +", -1)[2];
    Await.until(
        "the status to be right",
        () -> among(daemon, tree, status).out().startsWith("run: web: (pid " + pid + ")"));
    assertThat(daemon.ask("status", "other").out().getLast()).contains(" " + beside + " ");
  }

  @Test
  void theDaemonStartsOnAFullDisk(Tree tree) throws IOException {
    tree.service("web").run("echo started > started", "exec sleep 1000");
    var daemon = tree.launch().afterMounting(tmpfs(tree, "size=4k") + fill(tree)).start();
    tree.service("web").awaitText("started", "started\n");
    daemon.ask("status", "web").expect(0);
    daemon.awaitLog("no space left on device");
    String ledger = tree.runtime() + "/usersvc/ledger";
    assertThat(daemon.awaitLog("may be logged twice")).contains(ledger + ": No space left");
    daemon.ask("restart", "web").expect(0);
    daemon.expectLog(1, "may be logged twice");
  }

  @Test
  void aServiceThatFindsNoRoomRunsAndAnswersSvWhenThereIsSome(Tree tree) throws IOException {
    tree.service("other").steady();
    var daemon = tree.launch().afterMounting(tmpfs(tree, "size=1m,nr_inodes=40")).start();
    daemon.ask("up", "other").expect(0);
    String touch = "i=0; while : > " + tree.runtime() + "/f$i; do i=$((i + 1)); done; :";
    among(daemon, tree, touch + " 2> /dev/null");
    tree.prepare("web").steady().moveTo(tree.scan().resolve("web"));
    daemon.ask("rescan").expect(0);
    daemon.ask("up", "web").expect(0);
    daemon.awaitLog("no space left on device"); // in one message, whosever status comes first
    int pid = Integer.parseInt(daemon.ask("status", "web").out().getLast().split(" +", -1)[2]);
    daemon.ask("restart", "other").expect(0);
    among(daemon, tree, "rm " + tree.runtime() + "/f*").expect(0);
    daemon.ask("rescan").expect(0);
    assertThat(among(daemon, tree, "cat " + tree.scan() + "/web/supervise/pid").out().strip())
        .isEqualTo(Integer.toString(pid));
  }

  @Test
  void servicesOnAReadOnlyDiskRunAndAreReachable(Tree tree) throws IOException {
    tree.service("web").steady();
    String scan = tree.scan().toString();
    var daemon =
        tree.launch()
            .afterMounting("mount --bind " + scan + " " + scan)
            .afterShell("mount -o remount,bind,ro " + scan)
            .start();
    daemon.ask("up", "web").expect(0);
    String line = daemon.awaitLog("web: ");
    assertThat(line).contains("read-only file system").contains(tree.runtime() + "/usersvc/");
    daemon.ask("restart", "web").expect(0);
    String letters = "for f in " + tree.runtime() + "/usersvc/supervise/*; do echo d > $f/control";
    among(daemon, tree, letters + "; done").expect(0);
    Await.until(
        "web to be down", () -> daemon.ask("status", "web").out().getLast().contains("down"));
    daemon.expectLog(1, "read-only");
  }

  @Test
  void aServiceOnAFileSystemWithoutExecutionIsToldSo(Tree tree) throws IOException {
    String mount = "mount -t tmpfs -o mode=700,noexec none " + tree.scan() + "\n";
    var daemon = tree.launch().afterMounting(mount).start();
    String run = tree.scan() + "/.web/run";
    among(
            daemon,
            tree,
            "mkdir %1$s/.web && echo '#!/bin/sh' > %2$s && chmod 755 %2$s && mv %1$s/.web %1$s/web"
                .formatted(tree.scan(), run))
        .expect(0);
    assertThat(daemon.awaitLog("web/run", "denied")).contains("noexec").doesNotContain("chmod");
  }
}
