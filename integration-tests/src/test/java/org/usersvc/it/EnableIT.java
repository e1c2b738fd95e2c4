package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services out of definitions: the user's, and those that are shipped with the image. */
@ExtendWith(TreeExtension.class)
final class EnableIT {
  private static final Path SHIPPED =
      Path.of(Programs.image("usersvcd"))
          .toAbsolutePath()
          .resolve("../../share/usersvc/sv")
          .normalize();

  /** A definition of the user. */
  private static Service define(Tree tree, String name) throws IOException {
    return Service.in(tree.root().resolve(".config/sv"), name);
  }

  private static Service enabled(Tree tree, String name) {
    return new Service(tree.scan().resolve(name));
  }

  /** Whatever could have changed in a directory. */
  private static String everything(Tree tree, Path directory) throws IOException {
    String format = "'%p %y %m %l %T@ %C@\\n'";
    return tree.shell("find '" + directory + "' -printf " + format + " | sort").expect(0).out();
  }

  private static List<String> inScan(Tree tree) throws IOException {
    return names(tree.scan());
  }

  private static List<String> names(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDefinitionOfTheUserIsEnabledAndRuns(Tree tree) throws IOException {
    var web = define(tree, "web").steady();
    tree.start();
    var ran = tree.usersvc("enable", "web").expect(0);
    assertThat(ran.out()).isEqualTo("web: enabled (from " + web.dir() + ")\n");
    assertThat(ran.err()).isEmpty();
    enabled(tree, "web").awaitUp();
    assertThat(Files.readSymbolicLink(tree.scan().resolve("web/run")))
        .isEqualTo(web.dir().resolve("run"));
  }

  @Test
  void enablingTwiceSaysSoAndDisturbsNothing(Tree tree) throws IOException {
    define(tree, "web").steady();
    tree.start();
    tree.usersvc("enable", "web").expect(0);
    int pid = enabled(tree, "web").awaitUp();
    assertThat(tree.usersvc("enable", "web").expect(0).out()).startsWith("web: already enabled (");
    assertThat(enabled(tree, "web").pid()).isEqualTo(pid);
  }

  @Test
  void xdgConfigHomeIsWhereTheUsersDefinitionsAre(Tree tree) throws IOException {
    var web = Service.in(tree.root().resolve("conf/sv"), "web").steady();
    tree.launch().with("XDG_CONFIG_HOME", tree.root().resolve("conf").toString()).start();
    assertThat(tree.usersvc("enable", "web").expect(0).out()).contains(web.dir().toString());
  }

  @Test
  void aShippedServiceIsEnabledAndDisabled(Tree tree) throws IOException {
    tree.start();
    assertThat(tree.usersvc("enable", "--now", "ssh-agent").expect(0).out())
        .startsWith("ssh-agent: enabled (from " + SHIPPED + "/ssh-agent)\nok: run: ssh-agent: ");
    var socket = tree.runtime().resolve("ssh-agent.sock");
    assertThat(socket).exists();
    assertThat(tree.usersvc("disable", "--now", "ssh-agent").expect(0).out())
        .isEqualTo("ssh-agent: disabled\n");
    assertThat(socket).doesNotExist();
    assertThat(inScan(tree)).isEmpty();
  }

  @Test
  void onATerminalALineSaysWhatNowWaitsFor(Tree tree) throws IOException {
    define(tree, "slow").steady().file("notification-fd", "3\n");
    tree.start();
    for (var wait : List.of("-w 2", "-w2")) {
      String line = Programs.image("usersvc") + " enable --now " + wait + " slow";
      assertThat(tree.shell("script -qec '" + line + "' /dev/null").expect(1).out())
          .contains("usersvc enable: waits for slow, 2 s left", "timeout: run: slow: ");
    }
  }

  @Test
  void aDefinitionOfTheUserHidesTheShippedOne(Tree tree) throws IOException {
    var own = define(tree, "ssh-agent").steady();
    tree.start();
    assertThat(tree.usersvc("enable", "ssh-agent").expect(0).out()).contains(own.dir().toString());
    enabled(tree, "ssh-agent").awaitUp();
  }

  @Test
  void whatIsEnabledFromElsewhereIsToBeDisabledFirst(Tree tree) throws IOException {
    tree.start();
    tree.usersvc("enable", "--now", "ssh-agent").expect(0);
    int pid = enabled(tree, "ssh-agent").awaitUp();
    var own = define(tree, "ssh-agent").steady();
    assertThat(tree.usersvc("enable", "ssh-agent").expect(1).err())
        .contains(SHIPPED.toString(), "usersvc disable ssh-agent", own.dir().toString());
    assertThat(enabled(tree, "ssh-agent").pid()).isEqualTo(pid);
    tree.usersvc("disable", "ssh-agent").expect(0);
    tree.usersvc("enable", "--now", "ssh-agent").expect(0);
    assertThat(Proc.commandLine(enabled(tree, "ssh-agent").awaitUp())).doesNotContain("-D");
  }

  @Test
  void aShippedServiceWaitsForItsDisplay(Tree tree) throws IOException {
    tree.start();
    tree.usersvc("enable", "foot").expect(0);
    assertThat(tree.usersvc("list").expect(0).out()).contains("foot", "WAYLAND_DISPLAY");
    assertThat(tree.usersvc("--json", "list").expect(0).out())
        .contains("\"starts\":0", "\"deaths\":0");
    assertThat(tree.sv("status", "foot").out()).startsWith("down: foot: ").contains("normally up");
    tree.usersvc("disable", "--now", "foot").expect(0);
  }

  @Test
  void everyShippedServiceIsInTheImage() throws IOException {
    var all = names(SHIPPED);
    assertThat(all)
        .contains("foot", "wlsunset", "swayidle", "mako", "mpd", "pipewire", "pipewire-pulse")
        .contains("wireplumber", "dbus", "ssh-agent", "gpg-agent", "emacs");
    for (String name : all) {
      assertThat(SHIPPED.resolve(name).resolve("run")).isExecutable();
    }
  }

  @Test
  void nothingIsWrittenIntoTheDefinition(Tree tree) throws IOException {
    var web = define(tree, "web").run("echo line", "exec sleep 1000");
    web.log().run("mkdir -p main; exec svlogd main");
    web.log().file("main/config", "n3\n");
    web.script("control/t", "exit 1").file("env/A", "1\n");
    String before = everything(tree, web.dir());
    tree.start();
    tree.usersvc("enable", "--now", "web").expect(0);
    var service = enabled(tree, "web");
    service.awaitText("log/main/current", "line");
    tree.usersvc("restart", "web").expect(0);
    assertThat(everything(tree, web.dir())).isEqualTo(before);
    assertThat(tree.usersvc("disable", "web").expect(1).err())
        .contains(tree.scan() + "/web/log/main/current", "mv it away");
    service.awaitUp();
    tree.shell("mv services/web/log/main kept").expect(0);
    tree.usersvc("disable", "--now", "web").expect(0);
    assertThat(inScan(tree)).isEmpty();
    assertThat(everything(tree, web.dir())).isEqualTo(before);
  }

  @Test
  void disablingRunsFinishAndLeavesNothing(Tree tree) throws IOException {
    var web = define(tree, "web").steady();
    web.script("finish", "echo finished > \"$HOME/said\"");
    tree.start();
    tree.usersvc("enable", "--now", "web").expect(0);
    tree.usersvc("disable", "--now", "web").expect(0);
    assertThat(tree.root().resolve("said")).hasContent("finished");
    assertThat(inScan(tree)).isEmpty();
    assertThat(names(tree.runtime().resolve("usersvc/supervise"))).isEmpty();
    assertThat(tree.usersvc("list").expect(0).out()).doesNotContain("web");
  }

  @Test
  void disablingDoesNotWaitUnlessToldTo(Tree tree) throws IOException {
    var web =
        define(tree, "web").run("trap '' TERM; touch \"$HOME/deaf\"", "while :; do sleep 1; done");
    web.file("timeout-kill", "5000\n");
    tree.start();
    tree.usersvc("enable", "--now", "web").expect(0);
    int pid = enabled(tree, "web").awaitUp();
    Await.until("its trap", () -> Files.exists(tree.root().resolve("deaf")));
    tree.usersvc("disable", "web").expect(0);
    assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);
    tree.usersvc("-w", "30", "enable", "--now", "web").expect(0);
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
        .as("the first still runs when the second is started")
        .isFalse();
    assertThat(enabled(tree, "web").awaitUp()).isNotEqualTo(pid);
  }

  @Test
  void aServiceThatIsNormallyDownIsStartedOnlyWithNow(Tree tree) throws IOException {
    define(tree, "web").steady().file("down", "");
    tree.start();
    tree.usersvc("enable", "web").expect(0);
    enabled(tree, "web").awaitDown();
    tree.usersvc("enable", "--now", "web").expect(0);
    enabled(tree, "web").awaitUp();
  }

  @Test
  void nowWaitsForCheck(Tree tree) throws IOException {
    var web = define(tree, "web").run("sleep 1", "touch \"$HOME/ready\"", "exec sleep 1000");
    web.script("check", "test -e \"$HOME/ready\"");
    tree.start();
    tree.usersvc("enable", "--now", "web").expect(0);
    assertThat(tree.root().resolve("ready")).exists();
  }

  @Test
  void aServiceOfTheUsersOwnIsNeitherReplacedNorRemoved(Tree tree) throws IOException {
    define(tree, "web").steady();
    var own = tree.service("web").steady();
    tree.start();
    int pid = own.awaitUp();
    assertThat(tree.usersvc("enable", "web").expect(1).err())
        .contains(own.dir() + " is in the way", "mv it away");
    assertThat(tree.usersvc("disable", "web").expect(1).err())
        .contains(own.dir() + "/run was not made by usersvc enable", "mv it away");
    assertThat(own.pid()).isEqualTo(pid);
  }

  @Test
  void aPlainLinkIsDisabledToo(Tree tree) throws IOException {
    var web = tree.prepare("web").steady();
    Files.createSymbolicLink(tree.scan().resolve("web"), web.dir());
    tree.start();
    enabled(tree, "web").awaitUp();
    assertThat(tree.usersvc("disable", "--now", "web").expect(0).out()).contains("" + web.dir());
    assertThat(inScan(tree)).isEmpty();
    assertThat(web.dir().resolve("run")).exists();
  }

  @Test
  void failuresAreCountedAndTheOthersAreDone(Tree tree) throws IOException {
    define(tree, "web").steady();
    tree.start();
    var ran = tree.usersvc("enable", "nosuch", "web", ".web", "..").expect(3);
    assertThat(ran.err())
        .contains(
            "fail: nosuch: no available service", tree.root() + "/.config/sv, /etc/usersvc/sv")
        .contains("fail: .web: it is no name of a service");
    enabled(tree, "web").awaitUp();
    assertThat(tree.usersvc("disable", "nosuch").expect(1).err()).contains("not enabled");
  }

  @Test
  void withoutANameItListsWhatThereIs(Tree tree) throws IOException {
    define(tree, "web").run("# web: a server of pages. It has no state.", "exec sleep 1000");
    tree.start();
    tree.usersvc("enable", "--now", "web").expect(0);
    assertThat(tree.usersvc("enable").expect(0).out())
        .containsPattern("(?m)^web +enabled +a server of pages\\.$")
        .containsPattern("(?m)^foot +- +");
    tree.usersvc("enable", "--now").expect(100);
  }

  @Test
  void whatACrashHasLeftIsReplaced(Tree tree) throws IOException {
    define(tree, "web").steady();
    tree.shell("mkdir services/.web.new services/.web.old; ln -s /nosuch services/.web.new/old")
        .expect(0);
    tree.start();
    tree.usersvc("enable", "--now", "web").expect(0);
    assertThat(inScan(tree)).containsExactly("web");
    assertThat(names(tree.scan().resolve("web"))).containsExactly("run", "supervise");
  }

  @Test
  void jsonSaysWhatWasDone(Tree tree) throws IOException {
    var web = define(tree, "web").steady();
    tree.start();
    assertThat(tree.usersvc("--json", "enable", "web").expect(0).out())
        .isEqualTo("{\"name\":\"web\",\"outcome\":\"enabled\",\"from\":\"" + web.dir() + "\"}\n");
    assertThat(tree.usersvc("--json", "disable", "web").expect(0).out())
        .isEqualTo("{\"name\":\"web\",\"outcome\":\"disabled\"}\n");
  }
}
