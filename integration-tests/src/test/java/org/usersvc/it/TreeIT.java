package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What entries of the scan directory that come, go and change do. */
@ExtendWith(TreeExtension.class)
final class TreeIT {
  @Test
  void aNewDirectoryIsStartedWithoutBeingAskedFor(Tree tree) throws IOException {
    tree.start();
    var web = tree.prepare("web").steady().moveTo(tree.scan().resolve("web"));
    assertThat(Proc.lives(web.awaitUp())).isTrue();
  }

  @Test
  void aDirectoryWithoutRunWaitsSilentlyAndStartsWhenRunAppears(Tree tree) throws IOException {
    var daemon = tree.start();
    var web = tree.service("web").script("finish", "echo \"$1 $2\" >> finished");
    web.awaitDown();
    daemon.ask("rescan").expect(0);
    assertThat(daemon.ask("list").out().getLast()).contains("web", "incomplete");
    assertThat(daemon.log()).doesNotContain("web");
    web.steady();
    web.awaitUp();
    assertThat(web.dir().resolve("finished")).doesNotExist();
  }

  @Test
  void runThatCannotBeExecutedIsRetriedAtOnceAfterChmod(Tree tree) throws IOException {
    var web = tree.service("web").file("run", "#!/bin/sh\nexec sleep 1000\n");
    web.script("finish", "echo \"$1 $2\" >> finished");
    var other = tree.service("other").steady();
    var daemon = tree.start();
    int pid = other.awaitUp();
    String line = daemon.awaitLog("web/run");
    assertThat(line).contains("permission denied").contains("chmod +x");
    // Long enough for a delay that the next wait would not bear.
    web.awaitText("finished", "111 0\n".repeat(5));
    Await.until(
        "a delay of 16 s",
        () -> daemon.ask("status", "web").out().getLast().contains("next start in 1"));
    Ran.of("chmod", "755", web.dir().resolve("run").toString()).expect(0);
    Await.answer(Duration.ofSeconds(13), "web to be up", web::status, Status::isUp);
    assertThat(other.pid()).isEqualTo(pid);
    assertThat(web.read("finished")).isEqualTo("111 0\n".repeat(5));
  }

  @Test
  void runThatIsMendedWhileFinishRunsIsStartedAfterIt(Tree tree) throws IOException {
    var web = tree.service("web").file("run", "#!/bin/sh\nexec sleep 1000\n");
    web.script("finish", "echo >> finished", "test -p go || mkfifo go", "read -r _ < go");
    var daemon = tree.start();
    for (int i = 1; i <= 4; i++) {
      web.awaitText("finished", "\n".repeat(i));
      Await.until("go", () -> Files.exists(web.dir().resolve("go")));
      tree.shell("echo > services/web/go").expect(0);
    }
    web.awaitText("finished", "\n".repeat(5));
    Ran.of("chmod", "755", web.dir().resolve("run").toString()).expect(0);
    daemon.ask("rescan").expect(0);
    tree.shell("echo > services/web/go").expect(0);
    Await.answer(Duration.ofSeconds(13), "web to be up", web::status, Status::isUp);
    web.script("finish", "exit 0");
  }

  @Test
  void aRenameKeepsTheProcess(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    var renamed = web.moveTo(tree.scan().resolve("www"));
    daemon.ask("rescan").expect(0);
    assertThat(daemon.ask("status", "web").expect(1).err()).hasSize(1);
    daemon.ask("status", "www").expect(0);
    assertThat(renamed.status()).matches(status -> status.isUp() && status.pid() == pid);
    assertThat(tree.sv("status", "www").expect(0).out()).startsWith("run: www: (pid " + pid + ")");
    daemon.ask("down", "www").expect(0);
    Proc.awaitGone(pid);
  }

  @Test
  void aRenameToADotnameStopsAndForgets(Tree tree) throws IOException {
    var web = tree.scenario("signals").service("web");
    var daemon = tree.start();
    int pid = web.awaitUp();
    web.awaitText("got", "started\n");
    var hidden = web.moveTo(tree.scan().resolve(".web"));
    Proc.awaitGone(pid);
    assertThat(hidden.read("got")).contains("TERM\n");
    assertThat(hidden.awaitText("finished", "\n")).isEqualTo("0 0\n");
    Await.until("web to be forgotten", () -> daemon.ask("status", "web").status() == 1);
    assertThat(daemon.awaitLog("web", "has left")).isNotEmpty();
    hidden.moveTo(tree.scan().resolve("web"));
    web.awaitUpAfter(pid);
  }

  @Test
  void removalStopsAndLeavesNothingBehind(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var other = tree.service("other").steady();
    var daemon = tree.start();
    int kept = other.awaitUp();
    int pid = web.awaitUp();
    daemon.descriptorsAtRest();
    int files = Proc.openFiles(daemon.pid()).size();
    var supervise = web.dir().resolve("supervise").toRealPath();
    Ran.of("rm", "-r", web.dir().toString()).expect(0);
    Proc.awaitGone(pid);
    Await.until("supervise to be removed", () -> !Files.exists(supervise));
    assertThat(daemon.ask("list").out()).hasSize(2).noneMatch(line -> line.contains("web"));
    assertThat(other.pid()).isEqualTo(kept);
    for (int round = 0; round < 3; round++) {
      var next = tree.service("web").steady();
      int at = next.awaitUp();
      Ran.of("rm", "-r", next.dir().toString()).expect(0);
      Proc.awaitGone(at);
    }
    Await.until("files to be closed", () -> Proc.openFiles(daemon.pid()).size() < files);
  }

  @Test
  void aDaemonWithoutDescriptorsHasNoneOfItsOwnInServices(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("log", "");
    tree.launch().afterShell("exec <&- >&- 2>&-").start();
    int pid = web.awaitUp(); // the shell has its script open
    Await.until("sleep", () -> Proc.commandLine(pid).startsWith("sleep"));
    Await.answer( // its loader has files open at first
        "three files",
        () -> Proc.openFiles(pid),
        List.of("/dev/null", "/dev/null", "/dev/null")::equals);
  }

  @Test
  void onAnotherJvmTheDaemonClosesWhatItsStarterHasLeftOpen(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var jars = Path.of(Programs.image("usersvcd"), "../../lib/usersvc/jars").normalize();
    var keeper = jars.resolveSibling("usersvc-keeper");
    var held = tree.root().resolve("held");
    var jvm = Path.of(System.getProperty("java.home"), "bin", "java");
    var launch = tree.launch().program(jvm).afterShell("exec 7> '" + held + "'");
    launch.arguments(
        "--enable-native-access=ALL-UNNAMED",
        "-Dusersvc.keeper=" + keeper,
        "-cp",
        jars + "/*",
        "org.usersvc.daemon.main.Main",
        tree.scan().toString());
    var daemon = launch.start();
    web.awaitUp();
    assertThat(Proc.openFiles(daemon.pid())).doesNotContain(held.toString());
    daemon.ask("status", "web").expect(0);
  }

  @Test
  void aDirectoryThatIsDeletedAndMadeAnewIsANewService(Tree tree) throws IOException {
    tree.start();
    var web = tree.service("web").steady();
    int pid = web.awaitUp();
    Ran.of("rm", "-r", web.dir().toString()).expect(0);
    tree.service("web").steady().awaitUpAfter(pid);
    Proc.awaitGone(pid);
  }

  @Test
  void aLinkIsFollowedAndARepointedOneIsAnotherService(Tree tree) throws IOException {
    var daemon = tree.start();
    var first = tree.prepare("first").steady();
    var second = tree.prepare("second").steady();
    var link = tree.scan().resolve("web");
    Files.createSymbolicLink(link, first.dir());
    int pid = first.awaitUp();
    assertThat(daemon.ask("status", "web").expect(0).out()).hasSize(2);
    var fresh = Files.createSymbolicLink(tree.scan().resolve(".web"), second.dir());
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
    int next = second.awaitUp();
    Proc.awaitGone(pid);
    assertThat(daemon.ask("status", "web").expect(0).out().getLast()).contains(" " + next + " ");
    Files.delete(link);
    Proc.awaitGone(next);
  }

  @Test
  void twoNamesOfOneDirectoryAreOneService(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    Files.createSymbolicLink(tree.scan().resolve("alias"), web.dir());
    var daemon = tree.start();
    int pid = web.awaitUp();
    assertThat(daemon.ask("list").out()).hasSize(2);
    daemon.ask("status", "web").expect(0);
    daemon.ask("status", "alias").expect(0);
    Files.delete(tree.scan().resolve("alias"));
    daemon.ask("rescan").expect(0);
    daemon.ask("status", "alias").expect(1);
    assertThat(web.status()).matches(status -> status.isUp() && status.pid() == pid);
  }

  @Test
  void whatIsNoDirectoryIsPassedOver(Tree tree) throws IOException {
    Files.createFile(tree.scan().resolve("README"));
    Files.createSymbolicLink(tree.scan().resolve("dangling"), tree.root().resolve("nosuch"));
    Files.createSymbolicLink(tree.scan().resolve("loop"), tree.scan().resolve("loop"));
    Service.in(tree.scan(), ".hidden").steady();
    var web = tree.service("web").steady();
    var daemon = tree.start();
    web.awaitUp();
    assertThat(daemon.ask("list").out()).hasSize(2);
    assertThat(tree.scan().resolve(".hidden/supervise")).doesNotExist();
  }

  @Test
  void rescanAnswersAfterTheScan(Tree tree) throws IOException {
    var daemon = tree.start();
    for (int i = 0; i < 200; i++) {
      tree.service("s" + i).file("down", "");
    }
    daemon.ask("rescan").expect(0);
    assertThat(daemon.ask("list").out()).hasSize(201);
    Ran.of("sh", "-c", "rm -r " + tree.scan() + "/s*").expect(0);
    daemon.ask("rescan").expect(0);
    assertThat(daemon.ask("list").out()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aSecondTreeRunsBesideTheFirst(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var other = Service.in(tree.root().resolve("more"), "web").steady();
    tree.start();
    int pid = web.awaitUp();
    var more = tree.root().resolve("more").toString();
    var second = tree.launch().arguments("--instance", "more", more).start();
    int next = other.awaitUp();
    assertThat(next).isNotEqualTo(pid);
    tree.usersvc("--instance", "more", "down", "web").expect(0);
    other.awaitDown();
    assertThat(web.status()).matches(status -> status.isUp() && status.pid() == pid);
    second.signal("TERM");
    assertThat(second.awaitEnd()).isZero();
    tree.usersvc("status", "--check", "web").expect(0);
  }

  @Test
  void clientsAreToldOfEachChangeOfState(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    try (var events = new Events(daemon)) {
      web.letters("d");
      events.await("web", "down");
      web.letters("u");
      events.await("web", "run (pid ");
      assertThat(events.seen()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(events.seen().getLast()).doesNotContain("(pid " + pid + ")");
    }
  }
}
