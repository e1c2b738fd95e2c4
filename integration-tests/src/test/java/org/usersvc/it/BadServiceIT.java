package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service that is wrong in itself is told of in one line and harms no other. */
@ExtendWith(TreeExtension.class)
final class BadServiceIT {
  private static final int UID = 64_103;

  private @Nullable Service other;
  private int pid;

  /** Starts the daemon with another service beside, which has to stay the same. */
  private Daemon start(Tree tree, Launch launch) throws IOException {
    var daemon = launch.start();
    var service = tree.service("other");
    pid = service.awaitUp();
    other = service;
    return daemon;
  }

  private Daemon start(Tree tree) throws IOException {
    tree.service("other").steady();
    return start(tree, tree.launch());
  }

  private void theOtherServiceWasLeftAlone() throws IOException {
    var service = Objects.requireNonNull(other);
    assertThat(service.status()).matches(status -> status.isUp() && status.pid() == pid);
  }

  @Test
  void aMissingInterpreterIsNamed(Tree tree) throws IOException {
    var web = tree.service("web").file("run", "#!/nosuch/shell\n");
    Ran.of("chmod", "755", web.dir().resolve("run").toString()).expect(0);
    web.script("finish", "echo \"$1 $2\" >> finished");
    var daemon = start(tree);
    assertThat(daemon.awaitLog("services/web/run"))
        .contains("no such file or directory")
        .contains("interpreter");
    web.awaitText("finished", "111 0\n");
    web.steady();
    web.awaitUp();
    theOtherServiceWasLeftAlone();
  }

  @Test
  void aRunThatIsADirectoryIsTold(Tree tree) throws IOException {
    var web = tree.service("web");
    Files.createDirectory(web.dir().resolve("run"));
    web.script("finish", "echo \"$1 $2\" >> finished");
    var daemon = start(tree);
    assertThat(daemon.awaitLog("services/web/run")).contains("directory");
    web.awaitText("finished", "111 0\n");
    Files.delete(web.dir().resolve("run"));
    web.steady();
    web.awaitUp();
    theOtherServiceWasLeftAlone();
  }

  @Test
  void aRunThatIsNoProgramIsTold(Tree tree) throws IOException {
    var web = tree.service("web").file("run", "exec sleep 1000\n");
    Ran.of("chmod", "755", web.dir().resolve("run").toString()).expect(0);
    var daemon = start(tree);
    assertThat(daemon.awaitLog("services/web/run")).contains("#!");
    web.steady();
    web.awaitUp();
    theOtherServiceWasLeftAlone();
  }

  @Test
  void aFinishThatNeverEndsHoldsUpOnlyItsOwnService(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("timeout-kill", "300\n");
    web.script("finish", "trap '' TERM", "echo begun >> finished", "exec sleep 1000");
    var daemon = start(tree);
    int first = web.awaitUp();
    Ran.of("kill", "-KILL", Integer.toString(first)).expect(0);
    web.awaitText("finished", "begun\n");
    assertThat(web.await("to finish", status -> status.state() == Status.FINISH).pid()).isNotZero();
    var third = tree.service("third").steady();
    third.awaitUp();
    daemon.ask("stop", "third").expect(0);
    theOtherServiceWasLeftAlone();
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
  }

  @Test
  void aBadTimeoutKillIsTold(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("timeout-kill", "soon\n");
    var daemon = start(tree);
    web.awaitUp();
    daemon.ask("down", "web").expect(0);
    assertThat(daemon.awaitLog("web", "timeout-kill")).contains("milliseconds");
    theOtherServiceWasLeftAlone();
  }

  /** As the user of the daemon: not every root may do it. */
  private static void limitProcesses(Daemon daemon, int most) throws IOException {
    var words = new ArrayList<String>();
    if (Tree.isRoot()) {
      words.addAll(List.of("setpriv", "--reuid=" + UID, "--regid=" + UID, "--clear-groups", "--"));
    }
    words.addAll(List.of("prlimit", "--nproc=" + most + ":", "--pid", "" + daemon.pid()));
    Ran.of(words.toArray(String[]::new)).expect(0);
  }

  @Test
  void aForkThatFailsIsToldAndTriedAgain(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("down", "");
    tree.service("other").steady();
    var daemon = start(tree, tree.launch().unprivileged(UID));
    limitProcesses(daemon, 1);
    web.letters("u");
    assertThat(daemon.awaitLog("services/web/run"))
        .contains("resource temporarily unavailable")
        .contains("ulimit -u");
    theOtherServiceWasLeftAlone();
    limitProcesses(daemon, 1000);
    web.awaitUp();
    theOtherServiceWasLeftAlone();
  }

  @Test
  void aSuperviseThatIsAFileIsReplacedOrTold(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("supervise", "not a directory\n");
    start(tree);
    web.awaitUp();
    tree.sv("status", "web").expect(0);
    theOtherServiceWasLeftAlone();
  }
}
