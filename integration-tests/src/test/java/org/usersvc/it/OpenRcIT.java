package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The init script under the real OpenRC, with users who have one service, web, that sleeps. */
@Order(1)
@Tag("root")
@ExtendWith(TreeExtension.class)
final class OpenRcIT {
  private static final int STOPPED = 3;
  private static final int UNSUPERVISED = 64;

  /** A user in the box and his service of the system. */
  private record Script(Box box, String user) {
    static Script of(Box box, int user) throws IOException {
      var script = new Script(box, box.user(user));
      box.service(script.user, "web").steady();
      box.own();
      box.run("ln", "-s", "usersvc", "/etc/init.d/" + script.name()).expect(0);
      box.run("rc-update", "-u").expect(0); // which OpenRC does not see if it is less than 1 s old
      return script;
    }

    static Script started(Box box, int user) throws IOException {
      var script = of(box, user);
      script.rc("start").expect(0);
      script.web();
      return script;
    }

    String name() {
      return "usersvc." + user;
    }

    Ran rc(String verb) throws IOException {
      return box.run("rc-service", name(), verb);
    }

    /** What is logged of usersvcd itself. */
    Path log() {
      return box.path("/var/log/usersvc/" + user + ".log");
    }

    /** The process of the service. */
    long web() throws IOException {
      return box.pid(user, "sleep");
    }

    long daemon() throws IOException {
      return box.pid(user, "usersvcd");
    }

    /** Only root can write it. */
    Path pidFile() {
      return box.path("/run/" + name() + ".pid");
    }

    long supervisor() throws IOException {
      return Long.parseLong(Files.readString(pidFile()).strip());
    }

    long parentOfTheDaemon() throws IOException {
      String parent = box.run("ps", "-o", "ppid=", Long.toString(daemon())).expect(0).out();
      return Long.parseLong(parent.strip());
    }

    /** One daemon, and it is supervised; what it starts has its name for a moment. */
    void assertThatAllIsInOrder() throws IOException {
      assertThat(parentOfTheDaemon()).isEqualTo(supervisor());
      assertThat(rc("status").expect(0).out()).contains("status: started");
      box.usersvc(user, "version").expect(0);
    }

    void assertThatNothingIsLeft() throws IOException {
      Await.until("nothing of " + user, () -> box.pids(user).isEmpty()); // they have to be reaped
      assertThat(rc("status").expect(STOPPED).out()).contains("status: stopped");
      String supervisors = "pgrep -af '^supervise-daemon " + name() + " '";
      assertThat(box.shell(supervisors).out()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itIsStartedRestartedAndStopped(boolean busybox, Tree tree) throws IOException {
    try (var box = busybox ? Box.withBusybox(tree, 1) : Box.of(tree, 1)) {
      var script = Script.of(box, 0);
      script.rc("start").expect(0);
      script.assertThatAllIsInOrder();
      long first = script.web();
      assertThat(script.rc("start").expect(0).err()).contains("already been started");
      assertThat(script.web()).isEqualTo(first);
      assertThat(script.rc("status_all").expect(0).out())
          .containsPattern("(?m)^web +run +" + first + " ");
      script.rc("restart").expect(0);
      script.assertThatAllIsInOrder();
      assertThat(script.web()).isNotEqualTo(first);
      script.rc("stop").expect(0);
      script.assertThatNothingIsLeft();
      assertThat(script.rc("reload").expect(1).err()).contains("has not been started");
    }
  }

  @Test
  void servicesGetTheEnvironmentOfTheAccountAndNothingElse(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.of(box, 0);
      String user = script.user();
      box.service(user, "shell").run("sleep 2000 &", "wait");
      box.service(user, "web").file("down", "");
      box.own();
      box.shell(
              "echo 'FROM_PAM DEFAULT=yes' > /etc/security/of-test.conf;"
                  + " echo 'LANG=\"sv_SE.UTF-8\"' > /etc/locale.conf;"
                  + " echo 'session optional pam_env.so conffile=/etc/security/of-test.conf'"
                  + "   > /etc/pam.d/supervise-daemon;"
                  + " echo 'account required pam_permit.so' >> /etc/pam.d/supervise-daemon;"
                  + " FOO=bar LANG=C.UTF-8 USER=root LD_BIND_NOW=1 RC_FOO=bar EINFO_QUIET=yes"
                  + " rc-service "
                  + script.name()
                  + " start")
          .expect(0);
      assertThat(box.environment(box.pid(user, "run")))
          .isEqualTo(box.account(user))
          .contains("LANG=sv_SE.UTF-8");
      String groups = box.uid(user) + "," + Box.GROUP;
      assertThat(box.run("ps", "-o", "gid=,supgid=", "-C", "usersvcd").expect(0).out().strip())
          .matches(box.uid(user) + " +" + groups);
    }
  }

  @Test
  void aKilledDaemonComesBackAndServicesNoticeNothing(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.started(box, 0);
      long web = script.web();
      long daemon = script.daemon();
      box.kill(daemon);
      Await.answer("another usersvcd", script::daemon, another(daemon));
      Await.until("its answer", () -> box.usersvc(script.user(), "version").status() == 0);
      script.assertThatAllIsInOrder();
      assertThat(script.web()).isEqualTo(web);
      assertThat(box.usersvc(script.user(), "list").expect(0).out())
          .containsPattern("(?m)^web +run +" + web + " ");
    }
  }

  @Test
  void servicesGoOnWhenTheDaemonIsGivenUp(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.of(box, 0);
      box.shell("echo respawn_max=1 > /etc/conf.d/" + script.name()).expect(0);
      script.rc("start").expect(0);
      long web = script.web();
      long daemon = script.daemon();
      box.kill(daemon);
      daemon = Await.answer("another usersvcd", script::daemon, another(daemon));
      box.kill(daemon);
      Await.until("the end of trying", () -> script.rc("status").status() == STOPPED);
      assertThat(script.web()).isEqualTo(web);
      script.rc("start").expect(0);
      script.assertThatAllIsInOrder();
      assertThat(script.web()).isEqualTo(web);
    }
  }

  private static Predicate<Long> another(long pid) {
    return now -> now != pid;
  }

  /** OpenRC's own restart would leave two daemons then, and its stop one. */
  @Test
  void aKilledSuperviseDaemonLeavesNoSecondDaemon(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.started(box, 0);
      long daemon = script.daemon();
      box.kill(script.supervisor());
      assertThat(script.rc("status").expect(UNSUPERVISED).err()).contains("unsupervised");
      script.rc("restart").expect(0);
      script.assertThatAllIsInOrder();
      assertThat(script.daemon()).isNotEqualTo(daemon);
      script.web();
      box.kill(script.supervisor());
      script.rc("stop").expect(0);
      script.assertThatNothingIsLeft();
    }
  }

  @Test
  void whatOpenRcHasForgottenIsTakenOver(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.started(box, 0);
      long web = script.web();
      script.rc("zap").expect(0);
      assertThat(script.rc("start").expect(0).err()).contains("its services go on");
      script.assertThatAllIsInOrder();
      box.kill(script.supervisor());
      script.rc("zap").expect(0);
      script.rc("start").expect(0);
      script.assertThatAllIsInOrder();
      assertThat(script.web()).isEqualTo(web);
      script.rc("stop").expect(0);
      script.assertThatNothingIsLeft();
    }
  }

  /** Its number may be that of another process by now. */
  @Test
  void aPidFileThatIsOutOfDateHitsNobody(Tree tree) throws IOException {
    try (var box = Box.of(tree, 2)) {
      var script = Script.started(box, 0);
      var bystander = Script.started(box, 1);
      long daemon = bystander.daemon();
      box.kill(script.supervisor());
      Files.writeString(script.pidFile(), bystander.supervisor() + "\n");
      script.rc("restart").expect(0);
      script.assertThatAllIsInOrder();
      script.rc("zap").expect(0);
      box.kill(script.supervisor());
      Files.writeString(script.pidFile(), bystander.supervisor() + "\n");
      script.rc("start").expect(0);
      script.assertThatAllIsInOrder();
      script.rc("stop").expect(0);
      script.assertThatNothingIsLeft();
      bystander.assertThatAllIsInOrder();
      assertThat(bystander.daemon()).isEqualTo(daemon);
    }
  }

  @Test
  void usersDoNotTouchEachOther(Tree tree) throws IOException {
    try (var box = Box.of(tree, 2)) {
      var first = Script.started(box, 0);
      var second = Script.started(box, 1);
      long web = second.web();
      first.rc("stop").expect(0);
      first.assertThatNothingIsLeft();
      second.assertThatAllIsInOrder();
      assertThat(second.web()).isEqualTo(web);
    }
  }

  /** A user may say that another one's lock is his. */
  @Test
  void nobodyCanHaveAnothersDaemonEnded(Tree tree) throws IOException {
    try (var box = Box.of(tree, 2)) {
      var first = Script.started(box, 0);
      var second = Script.started(box, 1);
      long daemon = second.daemon();
      var runtime = box.path("/run/user/" + box.uid(first.user()));
      Files.move(runtime.resolve("usersvc"), runtime.resolve("elsewhere"));
      Files.createSymbolicLink(
          runtime.resolve("usersvc"), Path.of("/run/user/" + box.uid(second.user()) + "/usersvc"));
      box.kill(first.supervisor());
      first.rc("stop").expect(0);
      first.assertThatNothingIsLeft();
      assertThat(second.daemon()).isEqualTo(daemon);
      second.assertThatAllIsInOrder();
    }
  }

  /** A file of another file system may have the number of the daemon's lock. */
  @Test
  void anotherLockOfTheUserIsNotTakenForTheDaemons(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.started(box, 0);
      String user = script.user();
      String lock = "/run/user/" + box.uid(user) + "/usersvc/lock";
      box.shell(
              "mkdir -m 755 /run/other && mount -t tmpfs other /run/other && cd /run/other && i=0;"
                  + "until : > $i; [ $(stat -c %i $i) = $(stat -c %i "
                  + lock
                  + ") ];"
                  + " do i=$((i + 1)); [ $i -lt 1000 ] || exit; done;"
                  + "chown "
                  + user
                  + " $i && mv $i file")
          .expect(0);
      box.start(
          box.program("lib/usersvc/usersvc-as"),
          user,
          "flock",
          "/run/other/file",
          "tail",
          "-f",
          "/dev/null");
      box.pid(user, "tail");
      box.kill(script.supervisor());
      box.kill(script.daemon());
      script.rc("stop").expect(0);
      Await.answer(
          "flock and tail alone",
          () -> box.run("ps", "-u", user, "-o", "comm=").out().lines().sorted().toList(),
          List.of("flock", "tail")::equals);
    }
  }

  @Test
  void stopLeavesNothingBehind(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.of(box, 0);
      String user = script.user();
      box.service(user, "deaf")
          .file("timeout-kill", "200\n")
          .run("trap '' TERM HUP INT", "while :; do sleep 1000; done");
      box.service(user, "father").run("setsid ./child &", "exec sleep 1000");
      box.service(user, "father")
          .script("child", "trap 'echo told > told' TERM", "while :; do sleep 1000; done");
      box.own();
      script.rc("start").expect(0);
      Await.until("the processes of all", () -> box.pids(user, "sleep").size() == 4);
      script.rc("stop").expect(0);
      script.assertThatNothingIsLeft();
      assertThat(box.home(user).resolve(".local/service/father/told")).exists();
    }
  }

  /** And so in their order, which the cgroup does not know. */
  @Test
  void stopEndsTheDaemonOfAKilledSuperviseDaemonWithoutCgroups(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.of(box, 0);
      box.shell("echo rc_cgroup_mode=legacy >> /etc/rc.conf").expect(0);
      script.rc("start").expect(0);
      script.web();
      box.kill(script.supervisor());
      script.rc("stop").expect(0);
      Await.until("the daemon's end", () -> box.pids(script.user(), "usersvcd").isEmpty());
      Await.until("the services' end", () -> box.pids(script.user(), "sleep").isEmpty());
      assertThat(Files.readString(script.log())).doesNotContain("run ended");
    }
  }

  @Test
  void stopEndsServicesWhoseDaemonAndSupervisorWereKilled(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.started(box, 0);
      box.kill(script.supervisor());
      box.kill(script.daemon());
      script.web();
      script.rc("stop").expect(0);
      script.assertThatNothingIsLeft();
    }
  }

  @Test
  void stopDoesNotWaitForEverForADaemonThatHangs(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.of(box, 0);
      box.shell("echo retry=TERM/1/KILL/5 > /etc/conf.d/" + script.name()).expect(0);
      script.rc("start").expect(0);
      script.web();
      box.signal("STOP", script.daemon());
      script.rc("stop").expect(0);
      script.assertThatNothingIsLeft();
    }
  }

  @Test
  void runlevelsStartAndStopIt(Tree tree) throws IOException {
    try (var box = Box.of(tree, 2)) {
      var always = Script.of(box, 0);
      var session = Script.of(box, 1);
      box.run("rc-update", "add", always.name(), "default").expect(0);
      box.shell("mkdir /etc/runlevels/session && rc-update -s add default session").expect(0);
      box.run("rc-update", "add", session.name(), "session").expect(0);
      box.run("openrc", "default").expect(0);
      always.assertThatAllIsInOrder();
      long web = always.web();
      session.rc("status").expect(STOPPED);
      box.run("openrc", "session").expect(0);
      session.assertThatAllIsInOrder();
      box.run("openrc", "default").expect(0);
      session.assertThatNothingIsLeft();
      always.assertThatAllIsInOrder();
      assertThat(always.web()).isEqualTo(web);
    }
  }

  @Test
  void reloadAndReexecKeepTheDaemon(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.started(box, 0);
      String user = script.user();
      long daemon = script.daemon();
      long web = script.web();
      box.service(user, "late").run("exec tail -f /dev/null");
      box.own();
      script.rc("reload").expect(0);
      box.pid(user, "tail");
      script.rc("reexec").expect(0);
      assertThat(script.daemon()).isEqualTo(daemon);
      assertThat(Files.readString(script.log())).contains("has come into place");
      assertThat(script.web()).isEqualTo(web);
      script.assertThatAllIsInOrder();
      box.signal("STOP", daemon);
      assertThat(script.rc("reload"))
          .matches(ran -> ran.status() != 0 && ran.err().contains("usersvc rescan has failed"));
      box.signal("CONT", daemon);
    }
  }

  @Test
  void theLogIsTheUsersInADirectoryOfRootsOrWhatConfDSays(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.started(box, 0);
      String find = "cd /var/log && find usersvc -printf '%p %m %u\\n' | sort";
      String expected = "usersvc 755 root\nusersvc/%s.log 600 %<s\n".formatted(script.user());
      assertThat(box.shell(find).expect(0).out()).isEqualTo(expected);
      script.rc("stop").expect(0);
      box.shell("truncate -s 1025K /var/log/usersvc/" + script.user() + ".log").expect(0);
      script.rc("start").expect(0);
      assertThat(box.path("/var/log/usersvc/" + script.user() + ".log.old")).hasSize(1025 * 1024);
      assertThat(Files.size(script.log())).isLessThan(1024 * 1024);
      script.rc("stop").expect(0);
      box.shell("rm -r /var/log/usersvc; echo output_log=/dev/null > /etc/conf.d/" + script.name())
          .expect(0);
      script.rc("start").expect(0);
      script.assertThatAllIsInOrder();
      assertThat(box.path("/var/log/usersvc")).doesNotExist();
      assertThat(box.run("stat", "-c", "%a %U", "/dev/null").out()).isEqualTo("666 root\n");
    }
  }

  /** Without a user it is the service of those who linger, here of nobody. */
  @Test
  void theScriptItselfIsForUsersWhoLinger(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      box.shell("mount -t tmpfs none /var/lib && mkdir -p /var/lib/usersvc/linger").expect(0);
      box.run("rc-service", "usersvc", "start").expect(0);
      box.run("rc-service", "usersvc", "status").expect(0);
      box.run("rc-service", "usersvc", "stop").expect(0);
      assertThat(box.pids(Script.of(box, 0).user())).isEmpty();
    }
  }

  @Test
  void whatCannotBeStartedIsNamedWithTheRemedy(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      for (var user : List.of("nobody-at-all", "root", "it-nologin")) {
        box.run("ln", "-s", "usersvc", "/etc/init.d/usersvc." + user).expect(0);
      }
      fails(box, "usersvc.nobody-at-all", "there is no user 'nobody-at-all': add the account");
      fails(box, "usersvc.root", "'root' is root", "name another user");
      fails(box, "usersvc.it-nologin", "may not log in", "/usr/sbin/nologin", "chsh");
      var script = Script.of(box, 0);
      box.shell("mkdir -p /run/user/" + box.uid(script.user())).expect(0);
      fails(box, script.name(), "/run/user/" + box.uid(script.user()), "remove what is there");
      box.shell("cd /run/user && rmdir * && ln -s /root " + box.uid(script.user())).expect(0);
      fails(box, script.name(), "/run/user/" + box.uid(script.user()), "remove what is there");
      box.shell("rm /run/user/* && chmod 1777 /run/user").expect(0);
      fails(box, script.name(), "/run/user is not a directory that only root can write to");
      assertThat(box.pids(script.user())).isEmpty();
    }
  }

  private static void fails(Box box, String service, String... words) throws IOException {
    assertThat(box.run("rc-service", service, "start").expect(1).err()).contains(words);
    box.run("rc-service", service, "status").expect(STOPPED);
  }

  @Test
  void aDaemonThatDoesNotComeUpIsAFailure(Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      var script = Script.of(box, 0);
      box.shell("printf 'respawn_max=1\\n' >> /etc/conf.d/" + script.name()).expect(0);
      box.shell("rm -rf " + box.home(script.user())).expect(0);
      assertThat(script.rc("start").expect(1).err())
          .contains("usersvcd does not answer", "/var/log/usersvc/" + script.user() + ".log");
      assertThat(Files.readString(script.log())).contains("fatal");
      script.assertThatNothingIsLeft();
    }
  }
}
