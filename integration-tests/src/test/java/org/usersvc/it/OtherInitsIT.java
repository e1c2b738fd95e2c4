package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What starts the daemon without OpenRC: usersvc-as, the services for other inits, a desktop. */
@Tag("root")
@ExtendWith(TreeExtension.class)
final class OtherInitsIT {
  private static final String HELPER = "lib/usersvc/usersvc-as";

  /** The service directory of an init, where its administrator puts it. */
  private static String install(Box box, String init, String user) throws IOException {
    String directory = "/etc/sv/usersvc." + user;
    String copy = "mkdir -p /etc/sv && cp -R " + box.program("share/usersvc/" + init) + " ";
    box.shell(copy + directory).expect(0);
    return directory;
  }

  @ParameterizedTest
  @CsvSource({
    "runit, runsv, sv -w 20 down",
    "s6, s6-supervise, s6-svc -wD -T 20000 -d",
  })
  void itRunsUnderAnotherSupervisor(String init, String supervisor, String down, Tree tree)
      throws IOException {
    try (var box = Box.of(tree, 1)) {
      String user = box.user(0);
      box.service(user, "web").run("sleep 1000 &", "wait");
      box.own();
      String directory = install(box, init, user);
      box.start(supervisor, directory);
      long web = box.pid(user, "run");
      assertThat(box.environment(web)).isEqualTo(box.account(user));
      box.kill(box.pid(user, "usersvcd"));
      Await.until("another usersvcd", () -> box.usersvc(user, "version").status() == 0);
      assertThat(box.pid(user, "run")).isEqualTo(web);
      box.shell(down + " " + directory).expect(0);
      Await.until("the end of usersvc-keeper", () -> box.pids(user).isEmpty());
    }
  }

  @Test
  void aDirectoryThatNamesNobodyIsNamed(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      for (var init : List.of("runit", "s6")) {
        String directory = install(box, init, "nobody-at-all");
        var ran = box.shell("cd " + directory + " && ./run").expect(111);
        assertThat(ran.out()).contains("there is no user 'nobody-at-all'");
      }
      box.shell("mv /etc/sv/usersvc.nobody-at-all /etc/sv/web").expect(0);
      assertThat(box.shell("cd /etc/sv/web && ./run").expect(111).out())
          .contains("'/etc/sv/web' is not the name of a user");
    }
  }

  /** Nothing can run it here: Debian has no dinit. */
  @Test
  void theServiceOfDinitNamesWhatIsInstalled(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      String helper = box.program(HELPER);
      var file = box.path(box.program("share/usersvc/dinit/usersvc"));
      assertThat(Files.readString(file)).contains("\ncommand = " + helper + " $1\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"setpriv", "s6-setuidgid", "chpst"})
  void anyProgramThatChangesTheUserDoes(String program, Tree tree) throws IOException {
    var others = List.of("setpriv", "s6-setuidgid", "chpst");
    try (var box = Box.of(tree, 1)) {
      String user = box.user(0);
      for (var other : others.subList(0, others.indexOf(program))) {
        hide(box, other);
      }
      assertThatItBecomes(box, user);
      for (var other : others) {
        hide(box, other);
      }
      assertThat(box.run(box.program(HELPER), user, "true").expect(111).err())
          .contains("setpriv", "s6-setuidgid", "chpst", "install one of them");
    }
  }

  /** As on Alpine without musl-utils. */
  @Test
  void busyboxWithoutGetentWillDo(Tree tree) throws IOException {
    try (var box = Box.withBusybox(tree, 1)) {
      hide(box, "getent");
      assertThatItBecomes(box, box.user(0));
      assertThat(box.run(box.program(HELPER), "it-", "true").expect(111).err())
          .contains("there is no user 'it-'");
    }
  }

  /** The user, with his groups, no input, and in no directory of anybody's. */
  private static void assertThatItBecomes(Box box, String user) throws IOException {
    String show = "id -u; id -G; pwd -P; cat; exec env -u PWD -u OLDPWD -u _ -u SHLVL";
    var expected = new ArrayList<>(List.of("" + box.uid(user), box.uid(user) + " " + Box.GROUP));
    expected.add("/");
    expected.addAll(box.account(user));
    var ran = box.run(box.program(HELPER), user, "sh", "-c", show);
    assertThat(ran.expect(0).out().lines()).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Makes it a program that cannot be executed. */
  private static void hide(Box box, String program) throws IOException {
    box.shell("mount --bind /dev/null \"$(readlink -f " + Programs.system(program) + ")\"")
        .expect(0);
  }

  @Test
  void aUserMayCallItForHimselfOnly(Tree tree) throws IOException {
    try (var box = Box.of(tree, 2)) {
      String helper = box.program(HELPER);
      String first = box.user(0);
      box.run(helper, "--check", first).expect(0);
      box.run(helper, first, helper, first, "true").expect(0);
      assertThat(box.run(helper, first, helper, box.user(1), "true").expect(111).err())
          .isEqualTo("usersvc-as: only root and '" + box.user(1) + "' can do that\n");
      assertThat(box.run(helper).expect(111).err()).contains("usage: usersvc-as USER");
      assertThat(box.run(helper, "" + box.uid(first)).expect(111).err())
          .contains("is the number of '" + first + "': use the name");
    }
  }

  /** The line of usersvc-openrc(8) for systems where nothing else starts the daemon. */
  @Test
  void aDesktopStartsIt(Tree tree) throws IOException {
    var foot = Needy.service(tree, "foot", "WAYLAND_DISPLAY", "foot --server");
    var desktop = Desktop.of(tree);
    String line = "exec usersvc session register || exec usersvcd " + tree.scan();
    var first = Sway.start(desktop, line);
    foot.awaitStart(1);
    assertThat(foot.given()).isEqualTo(first.display());
    long daemon = Proc.parent(foot.service().pid());
    first.exit();
    foot.awaitWaiting();
    var second = Sway.start(desktop, line);
    foot.awaitStart(2);
    assertThat(foot.given()).isEqualTo(second.display());
    assertThat(Proc.parent(foot.service().pid())).isEqualTo(daemon);
    Ran.of("kill", Long.toString(daemon)).expect(0);
    Proc.awaitGone(daemon);
  }
}
