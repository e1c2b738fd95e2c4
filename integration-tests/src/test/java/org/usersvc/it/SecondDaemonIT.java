package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two supervisors want the same services. */
@ExtendWith(TreeExtension.class)
final class SecondDaemonIT {
  private static Path otherRuntime(Tree tree) throws IOException {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    return Files.createDirectory(tree.root().resolve("run2"), mode);
  }

  private static void refused(Tree tree, Launch launch) throws IOException {
    var web = tree.service("web").steady();
    var first = tree.start();
    int pid = web.awaitUp();
    var second = launch.begin();
    assertThat(second.awaitEnd()).isEqualTo(111);
    assertThat(second.log().strip().lines()).hasSize(1);
    assertThat(second.log()).contains("fatal: ").contains("(pid " + first.pid() + ")");
    assertThat(web.status()).matches(status -> status.isUp() && status.pid() == pid);
    first.ask("status", "web").expect(0);
  }

  @Test
  void aSecondOneWithTheSameRuntimeDirectoryIsRefused(Tree tree) throws IOException {
    refused(tree, tree.launch());
  }

  @Test
  void aSecondOneForTheSameServicesIsRefused(Tree tree) throws IOException {
    refused(tree, tree.launch().runtime(otherRuntime(tree)));
  }

  @Test
  void aSecondInstanceForTheSameServicesIsRefused(Tree tree) throws IOException {
    refused(tree, tree.launch().arguments("--instance", "other", tree.scan().toString()));
  }

  @Test
  void twoInstancesNeverHaveOneService(Tree tree) throws IOException {
    var web = tree.service("web").run("echo started >> starts", "exec sleep 1000");
    web.log().run("exec cat >/dev/null");
    var first = tree.start();
    int pid = web.awaitUp();
    var links = Files.createDirectory(tree.root().resolve("links"));
    Files.createSymbolicLink(links.resolve("also"), web.dir());
    var second =
        tree.launch()
            .runtime(otherRuntime(tree))
            .arguments("--instance", "other", links.toString())
            .start();
    second.awaitLog("also: ", "pid " + first.pid());
    second.ask("status", "also").expect(1);
    assertThat(web.pid()).isEqualTo(pid);
    first.kill();
    first.awaitEnd();
    Await.until("the takeover", () -> second.ask("status", "also").status() == 0);
    assertThat(web.awaitUp()).isEqualTo(pid);
    tree.start().awaitLog("web: ", "pid " + second.pid());
    assertThat(web.read("starts")).isEqualTo("started\n");
  }

  @Test
  void aStrangersLockOnTheScanDirectoryKeepsNobodyAway(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var locked = tree.root().resolve("locked");
    tree.begin(
        "flock",
        "-F",
        "-s",
        tree.scan().toString(),
        "sh",
        "-c",
        "touch " + locked + "; exec sleep 1000");
    Await.until("the lock", () -> Files.exists(locked));
    tree.start();
    web.awaitUp();
  }

  @Test
  void anotherOneMayFollowAtOnce(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var first = tree.start();
    int pid = web.awaitUp();
    first.signal("TERM");
    assertThat(first.awaitEnd()).isZero();
    tree.start();
    assertThat(web.awaitUpAfter(pid)).isNotZero();
  }

  @Test
  void aSocketThatADeadDaemonLeftIsReplaced(Tree tree) throws IOException {
    var first = tree.start();
    first.kill();
    first.awaitEnd();
    assertThat(first.socket()).exists();
    tree.start().ask("list").expect(0);
  }

  @Test
  void aServiceThatRunsvHasIsTakenOverWhenRunsvEnds(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var other = tree.service("other").steady();
    var runsv =
        Executables.start(
            new ProcessBuilder(Programs.system("runsv"), web.dir().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    int pid;
    try {
      pid = web.awaitUp();
      var daemon = tree.start();
      other.awaitUp();
      assertThat(daemon.awaitLog("web: ")).contains("pid " + runsv.pid()).contains("takes over");
      assertThat(daemon.ask("status", "web").expect(1).err().getFirst())
          .contains("pid " + runsv.pid());
      assertThat(web.pid()).isEqualTo(pid);
    } finally {
      runsv.destroy();
    }
    Proc.awaitGone(pid);
    assertThat(web.awaitUpAfter(pid)).isNotZero();
    Proc.awaitGone(runsv.pid());
  }

  @Test
  void runsvAndTheNextDaemonTakeOverWhatOneHasLeft(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int ours = web.awaitUp();
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
    var runsv =
        Executables.start(
            new ProcessBuilder(Programs.system("runsv"), web.dir().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    int theirs;
    try {
      theirs = web.awaitUpAfter(ours);
      tree.sv("status", "web").expect(0);
    } finally {
      runsv.destroy();
    }
    Proc.awaitGone(runsv.pid());
    tree.start();
    web.awaitUpAfter(theirs);
    tree.sv("status", "web").expect(0);
  }

  @Test
  void runsvIsRefusedAServiceThatWeHave(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.start();
    int pid = web.awaitUp();
    var ran = tree.run(Programs.system("runsv"), web.dir().toString()).expect(111);
    assertThat(ran.err()).contains("unable to lock supervise/lock");
    assertThat(web.pid()).isEqualTo(pid);
  }
}
