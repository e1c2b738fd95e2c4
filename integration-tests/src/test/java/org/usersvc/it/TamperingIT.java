package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody plays with what lies in supervise/. */
@ExtendWith(TreeExtension.class)
final class TamperingIT {
  private static final int MEGABYTES = 4;
  private final Random random = new Random(20_261_121);

  private static void reachable(Tree tree, Service web) throws IOException {
    int pid = web.awaitUp();
    tree.sv("-w", "30", "down", "web").expect(0);
    Proc.awaitGone(pid);
    tree.sv("-w", "30", "up", "web").expect(0);
    web.awaitUpAfter(pid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"control", "ok"})
  void aFifoThatIsARegularFileIsReplacedAtTheStart(String fifo, Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var other = tree.service("other").steady();
    web.file("supervise/" + fifo, "not a FIFO\n");
    tree.start();
    other.awaitUp();
    reachable(tree, web);
  }

  @ParameterizedTest
  @ValueSource(strings = {"control", "ok"})
  void aFifoThatIsReplacedIsMadeAnewByRescan(String fifo, Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var other = tree.service("other").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    int beside = other.awaitUp();
    var supervise = web.dir().resolve("supervise").toRealPath();
    var file = Files.writeString(supervise.resolve("file"), "not a FIFO\n");
    Files.move(file, supervise.resolve(fifo), StandardCopyOption.ATOMIC_MOVE);
    daemon.ask("rescan").expect(0);
    assertThat(daemon.awaitLog("web", "supervise/")).contains("tampered");
    assertThat(web.pid()).isEqualTo(pid);
    reachable(tree, web);
    assertThat(other.pid()).isEqualTo(beside);
  }

  @Test
  void whatIsWrittenToOkHasNoEffect(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    write(web.dir().resolve("supervise/ok"), "xdk".getBytes(ISO_8859_1));
    daemon.ask("rescan").expect(0);
    daemon.ask("check", "web").expect(0);
    assertThat(web.pid()).isEqualTo(pid);
    reachable(tree, web);
  }

  /** As tmpreaper does below /tmp. */
  @Test
  void whatACleanerRemovesIsMadeAnew(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    tree.shell("find run -ignore_readdir_race -type f -delete").expect(0);
    Await.until("status", () -> tree.sv("status", "web").out().startsWith("run: "));
    reachable(tree, web);
    pid = web.awaitUpAfter(pid);
    Await.until("state", () -> Files.exists(tree.runtime().resolve("usersvc/state")));
    daemon.kill();
    daemon.awaitEnd();
    tree.start();
    assertThat(web.awaitUp()).isEqualTo(pid);
  }

  @Test
  void aReportOfACrashIsPrivateAndCounted(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    var crash = tree.root().resolve(".local/state/usersvc/crash");
    var report = crash.resolve("hs_err_pid" + daemon.pid() + ".log");
    Await.until("the file", () -> Files.exists(report));
    daemon.signal("SEGV");
    Await.until("the end", () -> !daemon.lives());
    daemon.kill();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report)))
        .isEqualTo("rw-------");
    boolean isNative = DaemonKind.ofTheImage() == DaemonKind.NATIVE;
    if (isNative) {
      assertThat(daemon.log()).contains("SegfaultHandler caught a segfault");
    } else {
      assertThat(Files.size(report)).isPositive();
    }
    tree.start();
    assertThat(web.awaitUp()).isEqualTo(pid);
    String told = "usersvcd has crashed: 1 report in " + crash;
    assertThat(tree.usersvc("doctor", "--login").out().contains(told)).isNotEqualTo(isNative);
  }

  @Test
  void whatTheStarterHasOpenIsNotKeptOpen(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon =
        tree.launch()
            .afterShell("exec 7>'" + tree.root() + "/theirs' 9</etc/passwd; flock 7")
            .start();
    int pid = web.awaitUp();
    tree.shell("flock -n theirs true").expect(0);
    daemon.ask("reexec").expect(0);
    assertThat(web.pid()).isEqualTo(pid);
    assertThat(Proc.openFiles(daemon.pid())).noneMatch(file -> file.endsWith("passwd"));
  }

  @Test
  void aRemovedSuperviseIsMadeAnewByRescan(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    Files.move(web.dir().resolve("supervise").toRealPath(), tree.root().resolve("gone"));
    daemon.ask("rescan").expect(0);
    assertThat(Proc.lives(pid)).isTrue();
    daemon.ask("down", "web").expect(0);
    daemon.ask("up", "web").expect(0);
    reachable(tree, web);
  }

  @Test
  void aRemovedLinkToSuperviseIsMadeAnew(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    Files.delete(web.dir().resolve("supervise"));
    Await.until("status", () -> tree.sv("status", "web").out().startsWith("run: "));
    assertThat(daemon.awaitLog("web", "supervise")).contains("made anew");
    assertThat(web.pid()).isEqualTo(pid);
  }

  @Test
  void megabytesOfGarbageIntoControlDoNoHarm(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var other = tree.service("other").steady();
    var daemon = tree.start();
    web.awaitUp();
    int beside = other.awaitUp();
    write(web.dir().resolve("supervise/control"), garbage());
    daemon.ask("list").expect(0);
    tree.sv("-w", "30", "restart", "other").expect(0);
    other.awaitUpAfter(beside);
    web.letters("d");
    web.awaitDown();
    web.letters("u");
    web.awaitUp();
    daemon.awaitNoZombies();
  }

  @Test
  void manyLettersAreObeyedInOrder(Tree tree) throws IOException {
    var web = tree.scenario("signals").service("web");
    tree.start();
    int pid = web.awaitUp();
    web.awaitText("got", "started\n");
    write(web.dir().resolve("supervise/control"), "c".repeat(128 * 1024).getBytes(ISO_8859_1));
    web.letters("1d");
    web.awaitDown();
    Proc.awaitGone(pid);
    assertThat(web.read("got")).contains("USR1\n").contains("TERM\n");
  }

  /** Bytes that are no letters, among them all that are not ASCII. */
  private byte[] garbage() {
    var bytes = new byte[MEGABYTES * 1024 * 1024];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      if ("udoxtkpcahiq12".indexOf(bytes[i]) >= 0) {
        bytes[i] = 0;
      }
    }
    return bytes;
  }

  private static void write(Path fifo, byte[] bytes) throws IOException {
    Files.write(fifo, bytes, WRITE);
  }
}
