package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users mount in their runtime directories, here with bindfs, is theirs. */
@Tag("root")
final class UserMountsIT {
  /** Longer than all that root grants a file system that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private static final int DEEP = 1500;

  @RegisterExtension private final OwnMachine own = new OwnMachine();
  private Machine machine;
  private String runtime;
  private Path photos;

  @BeforeEach
  void makeUser() throws IOException {
    machine = own.get();
    runtime = "/run/user/" + machine.addUser("larry");
    String daemon = machine.script("daemon", "touch \"$HOME/up\"; exec sleep 1000");
    machine.config("grace=0", "runtime-size=0", "usersvcd=" + daemon);
    machine.stack(Machine.SERVICE, Login.line("module"));
    photos = Files.createDirectory(machine.home("larry").resolve("photos"));
    Files.writeString(Files.createDirectory(photos.resolve("summer")).resolve("one"), "precious");
    machine.own();
    machine.shell("echo user_allow_other >> /etc/fuse.conf").expect(0);
  }

  private void asLarry(String commands) throws IOException {
    machine
        .run("setpriv", "--reuid=larry", "--regid=larry", "--clear-groups", "sh", "-ec", commands)
        .expect(0);
  }

  private Login served() throws IOException {
    var login = machine.login("larry");
    var up = machine.home("larry").resolve("up");
    Await.until("the daemon", () -> Files.exists(up));
    return login;
  }

  /** At the end bindfs has nothing to serve any more, and leaves. */
  private void expectNothingLeftButThePhotos() throws IOException {
    machine.awaitNoAttendant("larry");
    assertThat(machine.shell("ls -A /run/user; grep /run/user/ /proc/mounts").out()).isEmpty();
    assertThat(photos.resolve("summer/one")).hasContent("precious");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/doc", "/a/b c/d"})
  void whatIsMountedInTheRuntimeDirectoryIsUnmountedAndNotEmptied(String place) throws IOException {
    var login = served();
    asLarry(
        "rm %1$s/usersvcd.log; mkdir -p '%1$s%2$s'; bindfs %3$s '%1$s%2$s'"
            .formatted(runtime, place, photos));
    // Within a FUSE mount, and one of root's.
    machine.shell("mkdir -p /run/room/sub; touch /run/room/sub/file").expect(0);
    if (!place.isEmpty()) {
      asLarry("mkdir " + runtime + "/bound");
      machine.shell("mount --bind /run/room " + runtime + "/bound").expect(0);
    }
    login.close();
    expectNothingLeftButThePhotos();
    assertThat(machine.shell("find /run/room").out())
        .isEqualTo("/run/room\n/run/room/sub\n/run/room/sub/file\n");
  }

  /** With it goes what is mounted in it. */
  @Test
  void theRuntimeDirectoryIsAFileSystemOfLimitedSize() throws IOException {
    String daemon = machine.script("daemon", "touch \"$HOME/up\"; exec sleep 1000");
    machine.config("grace=0", "runtime-size=1m", "usersvcd=" + daemon);
    var login = served();
    asLarry("mkdir %1$s/doc; bindfs %2$s %1$s/doc".formatted(runtime, photos));
    asLarry("! head -c 2m /dev/zero > %s/big".formatted(runtime));
    assertThat(
            machine.shell("stat -c %%a:%%U %s; df -k --output=size %1$s".formatted(runtime)).out())
        .startsWith("700:larry\n")
        .endsWith(" 1024\n");
    login.close();
    expectNothingLeftButThePhotos();
  }

  /** Neither depth nor number, nor what is not the user's to remove at the first try. */
  @Test
  void aDeepRuntimeDirectoryIsRemoved() throws IOException {
    var login = served();
    String deep = "d/".repeat(DEEP);
    asLarry("cd %s; mkdir -p %s; touch d/d/f; chmod 0 %s d/d/d/d".formatted(runtime, deep, deep));
    login.close();
    expectNothingLeftButThePhotos();
  }

  @Test
  void whatCannotBeRemovedIsRemovedAfterALaterLogout() throws IOException {
    var login = served();
    machine.shell("mkdir -p %s/dconf/of-root".formatted(runtime)).expect(0);
    login.close();
    machine.awaitNoAttendant("larry");
    machine.awaitSyslog("; the next logout tries again");
    machine.shell("chown -R larry /run/user/.usersvc-old-*").expect(0);
    served().close();
    expectNothingLeftButThePhotos();
  }

  /** Root neither waits for it nor lets another login wait. */
  @ParameterizedTest
  @ValueSource(strings = {"", "/usersvc"})
  void aFileSystemThatNeverAnswersKeepsNobody(String place) throws IOException {
    var first = served();
    String mounted = runtime + place;
    asLarry("rm " + runtime + "/usersvcd.log");
    asLarry("mkdir -p %1$s; bindfs -o allow_other %2$s %1$s".formatted(mounted, photos));
    long bindfs = machine.processes("bindfs -o").getFirst();
    machine.signal("STOP", bindfs);
    long start = System.nanoTime();
    var second = machine.login("larry");
    second.close();
    Path image = Path.of(Programs.image("usersvcd")).resolve("../..").normalize();
    String script = image + "/share/usersvc/openrc/usersvc";
    String daemonPid = "sed -n '/^daemon_pid()/,/^}/p' " + script + " > /run/script; user=larry; ";
    machine.shell(daemonPid + ". /run/script; daemon_pid").expect(1);
    machine.run(Programs.login("usersvc-as"), "--check", "larry");
    first.close();
    machine.awaitNoAttendant("larry");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    machine.signal("CONT", bindfs);
    expectNothingLeftButThePhotos();
  }
}
