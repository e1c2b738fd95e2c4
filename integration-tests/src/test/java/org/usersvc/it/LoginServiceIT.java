package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the attendant starts and stops a user's service: by an init system, or itself. */
@Order(6)
@Tag("root")
final class LoginServiceIT {
  @RegisterExtension private final OwnMachine own = new OwnMachine();
  private Machine machine;
  private int larry;

  @BeforeEach
  void makeUser() throws IOException {
    machine = own.get();
    larry = machine.addUser("larry");
    machine.stack(Machine.SERVICE, Login.line("module"));
  }

  private Path asked() {
    return machine.root().resolve("asked");
  }

  private void awaitAsked(String... lines) throws IOException {
    Await.answer(
        "the questions", () -> Files.readAllLines(asked()), all -> all.equals(List.of(lines)));
  }

  /** A program of an init system that keeps what it is asked, and then does that. */
  private void control(String program, String then) throws IOException {
    machine.program(program, "echo " + program + " \"$@\" >> " + asked() + "\n" + then);
  }

  /** The places are those that each of them has; the last word of each line is the service's. */
  private void install(String init) throws IOException {
    switch (init) {
      case "openrc" -> {
        machine.shell("touch /etc/init.d/usersvc.larry").expect(0);
        control("rc-service", "[ \"$2\" != status ]");
      }
      case "runit" -> {
        machine.shell("mkdir -p /etc/service/usersvc.larry").expect(0);
        control("sv", "");
      }
      case "s6" -> {
        machine.shell("mkdir -p /run/service/usersvc.larry").expect(0);
        control("s6-svstat", "echo false");
        control("s6-svc", "");
      }
      case "dinit" -> {
        machine.shell("mkdir -p /etc/dinit.d && touch /etc/dinit.d/usersvc").expect(0);
        control("dinitctl", "[ \"$1\" != is-started ]");
      }
      default -> throw new AssertionError(init);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "openrc, rc-service usersvc.larry status, rc-service usersvc.larry start,"
        + " rc-service usersvc.larry stop",
    "runit, , sv up /etc/service/usersvc.larry, sv -w 30 force-stop /etc/service/usersvc.larry",
    "s6, s6-svstat -o up /run/service/usersvc.larry, s6-svc -u /run/service/usersvc.larry,"
        + " s6-svc -wD -T 30000 -d /run/service/usersvc.larry",
    "dinit, dinitctl is-started usersvc@larry, dinitctl start usersvc@larry,"
        + " dinitctl stop usersvc@larry"
  })
  void theInitSystemThatKnowsTheServiceStartsAndStopsIt(
      String init, String ask, String start, String stop) throws IOException {
    machine.config("grace=0");
    install(init);
    var begun = ask == null ? List.of(start) : List.of(ask, start);
    var first = machine.login("larry");
    awaitAsked(begun.toArray(String[]::new));
    assertThat(machine.has(larry, "started")).isTrue();
    first.close();
    machine.awaitNoAttendant("larry");
    assertThat(Files.readAllLines(asked())).startsWith(begun.toArray(String[]::new)).endsWith(stop);
    assertThat(Files.readAllLines(asked())).hasSize(begun.size() + 1);
    assertThat(machine.has(larry, "started")).isFalse();
  }

  /** Under a real supervisor; {@code more} is done in the service directory first. */
  private void supervise(String scanner, String scan, String more) throws IOException {
    String service = scan + "/usersvc.larry";
    String script = "printf '#!/bin/sh\\nexec sleep 3000\\n' > run; chmod +x run; ";
    machine.shell("mkdir -p " + service + "; cd " + service + "; " + script + more).expect(0);
    machine.start(Programs.system(scanner), scan);
    String control = "test -p " + service + "/supervise/control";
    Await.until("the supervisor", () -> machine.shell(control).status() == 0);
  }

  @ParameterizedTest
  @CsvSource({"runsvdir, /etc/service", "s6-svscan, /run/service"})
  void runitAndS6StartAndStopIt(String scanner, String scan) throws IOException {
    machine.config("grace=0");
    supervise(scanner, scan, "touch down");
    var first = machine.login("larry");
    Await.until("the service", () -> machine.processes("sleep 3000").size() == 1);
    var second = machine.login("larry");
    first.close();
    second.close();
    machine.awaitNoAttendant("larry");
    assertThat(machine.processes("sleep 3000")).isEmpty();
    assertThat(machine.syslog()).doesNotContain("could not be");
  }

  @ParameterizedTest
  @CsvSource({"runsvdir, /etc/service", "s6-svscan, /run/service"})
  void whatRunitAndS6HaveUpAnywayStaysUp(String scanner, String scan) throws IOException {
    machine.config("grace=0");
    supervise(scanner, scan, "");
    var before =
        Await.answer("the service", () -> machine.processes("sleep 3000"), all -> all.size() == 1);
    var first = machine.login("larry");
    machine.login("larry").kill();
    machine.awaitEntries(larry, 1);
    assertThat(machine.has(larry, "started")).isFalse();
    first.close();
    machine.awaitNoAttendant("larry");
    assertThat(machine.processes("sleep 3000")).isEqualTo(before);
  }

  /** What the first login finds up is not its own to stop. */
  @Test
  void aServiceThatIsUpAlreadyIsNotStopped() throws IOException {
    machine.config("grace=0");
    machine.shell("touch /etc/init.d/usersvc.larry").expect(0);
    control("rc-service", "exit 0");
    var login = machine.login("larry");
    awaitAsked("rc-service usersvc.larry status");
    assertThat(machine.has(larry, "started")).isFalse();
    login.close();
    machine.awaitNoAttendant("larry");
    awaitAsked("rc-service usersvc.larry status");
    assertThat(machine.path("/run/user/" + larry)).isDirectory();
  }

  @Test
  void aStartThatFailsIsToldAndTriedAgainAtTheNextLogin() throws IOException {
    machine.config("grace=0");
    machine.shell("touch /etc/init.d/usersvc.larry").expect(0);
    control("rc-service", "exit 3");
    var first = machine.login("larry");
    awaitAsked("rc-service usersvc.larry status", "rc-service usersvc.larry start");
    Await.until("no mark", () -> !machine.has(larry, "started"));
    machine.awaitSyslog("/etc/init.d/usersvc.larry could not be started: exit status 3");
    var second = machine.login("larry");
    Await.until("another try", () -> Files.readAllLines(asked()).size() == 4);
    first.close();
    second.close();
    machine.awaitNoAttendant("larry");
  }

  @Test
  void anInitSystemThatDoesNotKnowTheServiceIsNamed() throws IOException {
    machine.config("grace=0", "init=openrc");
    machine.login("larry").close();
    machine.awaitNoAttendant("larry");
    var login = machine.login("larry");
    machine.awaitSyslog("there is no service usersvc.larry; make it");
    login.close();
    machine.awaitNoAttendant("larry");
  }

  private String daemon() throws IOException {
    return machine.script("daemon", "echo $$ >> \"$HOME/said\"\nexec sleep 1000");
  }

  private List<String> said() throws IOException {
    return Files.readAllLines(machine.home("larry").resolve("said"));
  }

  private long awaitDaemon(int count) throws IOException {
    var all = Await.answer("daemon " + count, this::said, lines -> lines.size() == count);
    return Long.parseLong(all.getLast());
  }

  @Test
  void aDaemonThatDiesIsStartedAgain() throws IOException {
    machine.config("grace=0", "usersvcd=" + daemon());
    var login = machine.login("larry");
    machine.kill(awaitDaemon(1));
    long second = awaitDaemon(2);
    machine.awaitSyslog("usersvcd of larry has ended, starting it again in 1 s");
    login.close();
    machine.awaitNoAttendant("larry");
    assertThat(machine.path("/proc/" + second)).doesNotExist();
    assertThat(said()).hasSize(2);
  }

  @Test
  void aDaemonThatIsNotThereIsNamed() throws IOException {
    machine.config("grace=0", "usersvcd=/nowhere/usersvcd");
    var login = machine.login("larry");
    machine.awaitSyslog("/nowhere/usersvcd: No such file or directory; set usersvcd=");
    login.close();
    machine.awaitNoAttendant("larry");
  }

  /** No second daemon, and the one that is there is stopped in the end. */
  @ParameterizedTest
  @ValueSource(strings = {"login", "logout"})
  void anAttendantThatWasKilledIsFollowedByAnother(String event) throws IOException {
    machine.config("grace=0", "usersvcd=" + daemon());
    var first = machine.login("larry");
    long pid = awaitDaemon(1);
    machine.kill(machine.attendants("larry").getFirst());
    machine.awaitNoAttendant("larry");
    if (event.equals("login")) {
      var second = machine.login("larry");
      Await.until("another attendant", () -> machine.attendants("larry").size() == 1);
      first.close();
      second.close();
    } else {
      first.close();
    }
    Await.until("the end of the daemon", () -> !Files.exists(machine.path("/proc/" + pid)));
    machine.awaitNoAttendant("larry");
    assertThat(said()).hasSize(1);
    assertThat(machine.has(larry, "started")).isFalse();
  }

  @Test
  void termToTheAttendantStopsTheService() throws IOException {
    machine.config("grace=86400", "usersvcd=" + daemon());
    var login = machine.login("larry");
    long pid = awaitDaemon(1);
    machine.signal("TERM", machine.attendants("larry").getFirst());
    machine.awaitNoAttendant("larry");
    assertThat(machine.path("/proc/" + pid)).doesNotExist();
    login.close();
  }

  /** What elogind, pam_rundir or turnstile have made is theirs. */
  @Test
  void aRuntimeDirectoryOfOthersIsUsedAndLeft() throws IOException {
    machine.stack(
        Machine.SERVICE,
        "required pam_env.so conffile=/dev/null envfile=" + machine.root() + "/variables",
        Login.line("module"),
        "optional pam_exec.so quiet log=" + machine.root() + "/after /usr/bin/env");
    Files.writeString(machine.root().resolve("variables"), "XDG_RUNTIME_DIR=/run/others\n");
    machine.shell("mkdir -m 700 /run/others && chown larry /run/others").expect(0);
    machine.config(
        "grace=0",
        "usersvcd="
            + machine.script("daemon", "echo $XDG_RUNTIME_DIR >> \"$HOME/said\"\nexec sleep 1000"));
    var login = machine.login("larry");
    Await.until("the daemon", () -> said().equals(List.of("/run/others")));
    login.close();
    machine.awaitNoAttendant("larry");
    assertThat(machine.path("/run/others")).isDirectory();
    assertThat(machine.path("/run/user/" + larry)).doesNotExist();
    assertThat(Files.readString(machine.root().resolve("after")))
        .contains("XDG_RUNTIME_DIR=/run/others\n");
  }

  /** One that is made is exported to all that comes after, and has no other rights than its own. */
  @Test
  void aRuntimeDirectoryIsMadeAndExported() throws IOException {
    machine.stack(
        Machine.SERVICE,
        Login.line("module"),
        "optional pam_exec.so quiet log=" + machine.root() + "/after /usr/bin/env");
    machine.config("grace=86400", "usersvcd=" + daemon());
    var login = machine.login("larry");
    awaitDaemon(1);
    String runtime = "/run/user/" + larry;
    assertThat(Files.readString(machine.root().resolve("after")))
        .contains("XDG_RUNTIME_DIR=" + runtime + "\n");
    assertThat(machine.shell("stat -c %a:%u:%g /run/user " + runtime).out())
        .isEqualTo("755:0:0\n700:" + larry + ":" + larry + "\n");
    login.close();
  }

  /** Who lingers does so from the boot on, whoever has taken the name, and nobody else. */
  @Test
  void whoLingersIsStartedAtBoot() throws IOException {
    machine.config("grace=0", "usersvcd=" + daemon());
    machine.addUser("moe");
    String dir = "/var/lib/usersvc/linger/";
    machine.shell("cd %s; touch larry larry.1 moe nobody-at-all".formatted(dir)).expect(0);
    machine.shell("cd %s; chown moe larry; chown larry larry.1 moe".formatted(dir)).expect(0);
    machine.run(Programs.login("usersvc-attend"), "linger").expect(0);
    awaitDaemon(1);
    Await.until("lingering", () -> machine.has(larry, "lingering"));
    assertThat(machine.path("/run/user/" + larry)).isDirectory();
    assertThat(machine.attendants("moe")).isEmpty();
    machine.run(Programs.login("usersvc-attend"), "linger").expect(0);
    var login = machine.login("larry");
    Await.until("no lingering", () -> !machine.has(larry, "lingering"));
    machine.shell("rm " + dir + "larry.1").expect(0);
    login.close();
    machine.awaitNoAttendant("larry");
    assertThat(said()).hasSize(1);
    assertThat(machine.path("/run/user/" + larry)).doesNotExist();
  }

  /** The stack has unmounted it in vain, as services were in it. */
  @Test
  void aHomeIsUnmountedWhenNothingIsInItAnyMore() throws IOException {
    String daemon = machine.script("daemon", "exec sleep 4321");
    String home = machine.home("larry").toString();
    machine.shell("mount -t tmpfs -o uid=%d home %s".formatted(larry, home)).expect(0);
    for (String choice : List.of("no", "yes")) {
      machine.config("grace=0", "unmount-home=" + choice, "usersvcd=" + daemon);
      var login = machine.login("larry");
      Await.until("the daemon", () -> !machine.processes("sleep 4321").isEmpty());
      assertThat(machine.run("umount", home).status()).isNotZero();
      login.close();
      machine.awaitNoAttendant("larry");
      assertThat(machine.run("mountpoint", home).status() == 0).isEqualTo(choice.equals("no"));
    }
    assertThat(machine.syslog()).doesNotContain("stays mounted", "unmount-home");
  }

  /** As elogind does with the last session: who lingers or has some grace left goes on. */
  @Test
  void aRuntimeDirectoryThatIsTakenAwayIsMadeAgainWhileTheServiceIsUp() throws IOException {
    machine.config("grace=86400", "usersvcd=" + daemon());
    var runtime = machine.path("/run/user/" + larry);
    var first = machine.login("larry");
    awaitDaemon(1);
    first.close();
    for (String again : List.of("once", "twice")) {
      machine.shell("cd /run/user && umount -l %1$d && rm -r %1$d".formatted(larry)).expect(0);
      String mounted = "mountpoint -q " + "/run/user/" + larry;
      Await.until("the directory, " + again, () -> machine.shell(mounted).status() == 0);
    }
    machine.config("grace=0", "usersvcd=" + daemon());
    machine.signal("TERM", machine.attendants("larry").getFirst());
    machine.awaitNoAttendant("larry");
    assertThat(said()).hasSize(1);
    machine.login("larry").close();
    Await.until("no directory", () -> !Files.exists(runtime));
    machine.awaitNoAttendant("larry");
  }

  /** Such an application is not told of children that it does not know, and keeps none of them. */
  @Test
  void anApplicationThatIgnoresItsChildrenHasNone() throws IOException {
    machine.append("/etc/group", "desk:x:64401:larry");
    machine.config("grace=0", "allow-groups=desk", "usersvcd=" + daemon());
    machine.stack(Machine.SERVICE, Login.line("module"));
    Path fifo = machine.root().resolve("password");
    Ran.of("mkfifo", fifo.toString()).expect(0);
    machine.shell("sed -i '1,2d;1i auth required pam_unix.so' /etc/pam.d/" + Machine.SERVICE);
    String words = "pamtester " + Machine.SERVICE + " larry open_session authenticate < " + fifo;
    var pamtester = machine.start("sh", "-c", "trap '' CHLD; exec " + words);
    try (var writer = Files.newOutputStream(fifo)) {
      awaitDaemon(1);
      long pid = machine.processes("pamtester " + Machine.SERVICE).getFirst();
      var children = machine.path("/proc/" + pid + "/task/" + pid + "/children");
      Await.until("no child, dead or alive", () -> Files.readString(children).isEmpty());
      writer.write('\n');
    }
    assertThat(pamtester.awaitEnd()).isEqualTo(1);
    machine.awaitNoAttendant("larry");
  }

  /** Else elogind would end the service with the session that was the first. */
  @Test
  void theServiceIsNotInTheCgroupOfTheSession() throws IOException {
    machine.config("grace=0", "usersvcd=" + daemon());
    String mounted = machine.shell("awk '$3 == \"cgroup2\" { print $2; exit }' /proc/mounts").out();
    String group = mounted.strip() + "/" + machine.root().getFileName();
    machine.shell("mkdir " + group).expect(0);
    var login =
        machine.login(
            "larry",
            List.of(
                "sh", "-c", "echo $$ > " + group + "/cgroup.procs; exec pamtester \"$@\"", "sh"));
    String daemon = Long.toString(awaitDaemon(1));
    assertThat(machine.shell("grep ^0: /proc/" + login.pid() + "/cgroup").out())
        .endsWith("/" + machine.root().getFileName() + "\n");
    assertThat(machine.shell("grep ^0: /proc/" + daemon + "/cgroup").out()).isEqualTo("0::/\n");
    login.close();
    machine.awaitNoAttendant("larry");
    machine.shell("rmdir " + group).expect(0);
  }
}
