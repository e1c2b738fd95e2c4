package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the hook and the module have to do both, with the real pamtester, su and login. */
abstract class LoginScenarios {
  /** What a login may be delayed by, at most, whatever is broken. */
  private static final Duration MOST = Duration.ofSeconds(1);

  /** The same on a machine that is busy: what hangs here does so for minutes. */
  private static final Duration FAR_BELOW_A_HANG = Duration.ofSeconds(30);

  private static final int SYSTEM_UID = 600;

  /** In place of usersvcd where only that it runs matters; what says stop has said start. */
  private static final String DAEMON =
      """
      say() { grep -sqx "start $$" "$HOME/said" || echo "start $$" >> "$HOME/said"; }
      trap 'say; echo "stop $$" >> "$HOME/said"; kill $!; exit 0' TERM
      say
      sleep 1000 &
      wait\
      """;

  @RegisterExtension private final OwnMachine own = new OwnMachine();
  private Machine machine;
  private int larry;

  /** The line of the PAM stack. */
  abstract String line();

  @BeforeEach
  void makeUser() throws IOException {
    machine = own.get().stack(Machine.SERVICE, line());
    larry = machine.addUser("larry");
    config();
  }

  Machine machine() {
    return machine;
  }

  /** No grace, a fake daemon, and what is more. */
  void config(String... more) throws IOException {
    var lines = new ArrayList<>(List.of("grace=0"));
    lines.add("usersvcd=" + machine.script("daemon", DAEMON));
    lines.addAll(List.of(more));
    machine.config(lines.toArray(String[]::new));
  }

  private String said(String user) throws IOException {
    var file = machine.home(user).resolve("said");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  void awaitSaid(String user, String pattern) throws IOException {
    Await.answer(
        "the daemon to say " + pattern, () -> said(user), all -> all.matches("(?s)" + pattern));
  }

  /** A first login, once the service is up. */
  Login served() throws IOException {
    long before = starts("larry");
    var login = machine.login("larry");
    Await.until("the service", () -> starts("larry") > before);
    return login;
  }

  @Test
  void theFirstLoginStartsAndTheLastLogoutStops() throws IOException {
    var first = machine.login("larry");
    awaitSaid("larry", "start [0-9]+\n");
    var second = machine.login("larry");
    assertThat(machine.entries(larry)).hasSize(2);
    first.close();
    // The attendant sees the one that was killed after the one that was closed.
    machine.login("larry").kill();
    machine.awaitEntries(larry, 1);
    assertThat(machine.entries(larry).getFirst()).startsWith(second.pid() + ".");
    assertThat(said("larry")).doesNotContain("stop");
    second.close();
    awaitSaid("larry", "start ([0-9]+)\nstop \\1\n");
    machine.awaitNoAttendant("larry");
    assertThat(machine.entries(larry)).isEmpty();
    assertThat(machine.has(larry, "started")).isFalse();
  }

  @Test
  void theServiceOutlivesTheLastLogoutByTheGrace() throws IOException {
    config("grace=86400");
    var login = machine.login("larry");
    awaitSaid("larry", "start [0-9]+\n");
    login.close();
    machine.login("larry").kill();
    machine.awaitEntries(larry, 0);
    assertThat(machine.attendants("larry")).hasSize(1);
    assertThat(said("larry")).doesNotContain("stop");
  }

  /** As elogind makes one for the next session; the daemon follows. */
  @Test
  void aLoginWithAnotherRuntimeDirectoryLeavesTheServiceAlone() throws IOException {
    config("grace=86400");
    var login = machine.login("larry");
    awaitSaid("larry", "start [0-9]+\n");
    login.close();
    machine
        .shell("mount -t tmpfs -o mode=700,uid=%1$d,gid=%1$d none /run/user/%1$d".formatted(larry))
        .expect(0);
    machine.login("larry").close();
    machine.signal("TERM", machine.attendants("larry").getFirst());
    machine.awaitNoAttendant("larry");
    assertThat(said("larry")).matches("start ([0-9]+)\nstop \\1\n");
  }

  @Test
  void theRealDaemonIsUpAfterTheLoginAndGoneAfterTheLogout() throws IOException {
    machine.config("grace=0", "usersvcd=" + Programs.imageForAnybody("usersvcd"));
    var login = machine.login("larry");
    var socket = machine.path("/run/user/" + larry + "/usersvc/control");
    Await.until("the daemon of larry", () -> Files.exists(socket));
    machine.service("larry", "web").run("exec sleep 3000");
    machine.own();
    Await.until("the service of larry", () -> machine.processes("sleep 3000").size() == 1);
    login.close();
    machine.awaitNoAttendant("larry");
    Await.until("no process", () -> machine.shell("ps -u larry -o pid=").out().isEmpty());
    assertThat(machine.path("/run/user/" + larry)).doesNotExist();
    assertThat(machine.shell("ls -A /run/user").out()).isEmpty();
  }

  @Test
  void aLoginThatIsKilledIsCountedOut() throws IOException {
    var login = machine.login("larry");
    awaitSaid("larry", "start [0-9]+\n");
    login.kill();
    awaitSaid("larry", "start ([0-9]+)\nstop \\1\n");
    machine.awaitEntries(larry, 0);
  }

  @Test
  void anEntryTellsOfItsLogin() throws IOException {
    machine.stack(
        Machine.SERVICE,
        "required pam_env.so readenv=1 conffile=/dev/null envfile=" + machine.root() + "/variables",
        line());
    Files.writeString(
        machine.root().resolve("variables"),
        "XDG_SESSION_ID=c7\nXDG_SEAT=seat\u00e9\nXDG_VTNR=" + "7".repeat(256) + "\nOTHER=1\n");
    machine
        .run(
            "pamtester",
            "-I",
            "tty=/dev/pts/7",
            "-I",
            "rhost=far.example",
            Machine.SERVICE,
            "larry",
            "open_session")
        .expect(0);
    var login = machine.login("larry");
    var entries = machine.entries(larry).stream();
    String own = login.pid() + ".";
    String name = entries.filter(each -> each.startsWith(own)).findFirst().orElseThrow();
    var entry = machine.path(Machine.logins(larry) + "/" + name);
    String text = Files.readString(entry);
    assertThat(text.lines())
        .containsExactly("XDG_SESSION_ID=c7", "PAM_SERVICE=" + Machine.SERVICE, "PAM_TTY=tty0");
    assertThat(entry.getFileName().toString()).matches(login.pid() + "\\.[0-9]+\\.1");
    assertThat(machine.shell("stat -c %a:%u:%g /run/usersvc " + Machine.logins(larry)).out())
        .isEqualTo("755:0:0\n755:0:0\n");
    login.close();
  }

  @Test
  void fiftyLoginsOfFiveUsersAtOnceAreCountedRight() throws IOException {
    var users = List.of("moe", "curly", "shemp", "joe", "iris");
    for (String user : users) {
      machine.addUser(user);
      machine.shell("mkfifo " + machine.root() + "/hold." + user).expect(0);
    }
    // Of ten logins of each, one stays, and six are killed or end without a word.
    String open = "pamtester %s " + Machine.SERVICE + " $user open_session %s";
    machine.script(
        "storm",
        String.join(
            "\n",
            "for i in 1 2 3; do for user in " + String.join(" ", users) + "; do",
            "  " + open.formatted("", "close_session") + " & all=\"$all $!\"",
            "  " + open.formatted("", "") + " & all=\"$all $!\"",
            "  " + open.formatted("", "") + " & all=\"$all $!\"",
            "done; done",
            "for user in " + String.join(" ", users) + "; do",
            "  setsid " + open.formatted("-I tty=$user", "authenticate close_session") + " &",
            "done",
            "for user in " + String.join(" ", users) + "; do",
            "  until [ -e " + machine.root() + "/held.$user ]; do sleep 0.01; done",
            "done; wait $all"));
    machine.run(machine.root() + "/storm").expect(0);
    for (String user : users) {
      awaitSaid(user, ".*start [0-9]+\n");
      int uid = Integer.parseInt(machine.run("id", "-u", user).out().strip());
      machine.awaitEntries(uid, 1);
      Await.until("one attendant", () -> machine.attendants(user).size() == 1);
      Await.until("one daemon", () -> starts(user) == stops(user) + 1);
    }
    for (String user : users) {
      Files.writeString(machine.root().resolve("hold." + user), "\n");
      machine.awaitNoAttendant(user);
      assertThat(starts(user)).isEqualTo(stops(user));
    }
    assertThat(machine.processes(machine.root() + "/daemon")).isEmpty();
  }

  private long starts(String user) throws IOException {
    return said(user).lines().filter(line -> line.startsWith("start")).count();
  }

  private long stops(String user) throws IOException {
    return said(user).lines().filter(line -> line.startsWith("stop")).count();
  }

  /** What a busy machine takes longer for at one time is done in time at another. */
  private void expectLoginInTime() throws IOException {
    assertThat(timeOfALogin()).as("the first").isLessThan(FAR_BELOW_A_HANG);
    Await.answer("a login in time", this::timeOfALogin, time -> time.compareTo(MOST) < 0);
  }

  private Duration timeOfALogin() throws IOException {
    long start = System.nanoTime();
    machine.run("pamtester", Machine.SERVICE, "larry", "open_session").expect(0);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void anInitSystemThatHangsDelaysNoLogin() throws IOException {
    config("init=openrc");
    machine.shell("touch /etc/init.d/usersvc.larry");
    machine.program("rc-service", "echo $1 $2 >> " + machine.root() + "/asked; exec sleep 1000");
    expectLoginInTime();
    var login = machine.login("larry");
    Await.until(
        "the question",
        () -> Files.readString(machine.root().resolve("asked")).equals("usersvc.larry status\n"));
    expectLoginInTime();
    String entry = login.pid() + ".";
    login.close();
    Await.answer(
        "its entry to be removed",
        () -> machine.entries(larry),
        entries -> entries.stream().noneMatch(it -> it.startsWith(entry)));
  }

  @Test
  void aLockThatIsNeverReleasedDelaysALoginByLessThanASecond() throws IOException {
    machine.login("larry").close();
    machine.awaitNoAttendant("larry");
    var lock = Machine.logins(larry) + "/lock";
    var holder =
        machine.start("flock", "--no-fork", lock, "sh", "-c", "echo held; exec sleep 2000");
    holder.awaitOutput("held");
    expectLoginInTime();
    var login = machine.login("larry");
    assertThat(machine.entries(larry)).isNotEmpty();
    // Each login before may have had a service of its own.
    awaitSaid("larry", "(start ([0-9]+)\nstop \\2\n)*start [0-9]+\n");
    login.close();
    awaitSaid("larry", "(start ([0-9]+)\nstop \\2\n)+");
    machine.awaitSyslog("the lock of larry's logins is held by somebody");
    machine.kill(machine.processes("sleep 2000").getFirst());
    machine.awaitNoAttendant("larry");
  }

  @Test
  void lingeringKeepsTheServiceUntilItIsTurnedOff() throws IOException {
    var file = machine.path("/var/lib/usersvc/linger/larry");
    machine
        .shell(
            "setpriv --reuid=larry --regid=larry --clear-groups touch "
                + "/var/lib/usersvc/linger/larry")
        .expect(0);
    served().kill();
    Await.until("lingering", () -> machine.has(larry, "lingering"));
    assertThat(said("larry")).startsWith("start").doesNotContain("stop");
    var login = machine.login("larry");
    Await.until("no lingering", () -> !machine.has(larry, "lingering"));
    login.close();
    Await.until("lingering again", () -> machine.has(larry, "lingering"));
    Files.delete(file);
    awaitSaid("larry", "start ([0-9]+)\nstop \\1\n");
    machine.awaitNoAttendant("larry");
    assertThat(machine.has(larry, "lingering")).isFalse();
  }

  /** A file of another user's, a directory and a link say nothing. */
  @Test
  void onlyAFileOfTheUserOrOfRootIsLingering() throws IOException {
    machine.addUser("moe");
    String linger = "/var/lib/usersvc/linger/larry";
    for (String made : List.of("touch X; chown moe X", "mkdir X", "ln -s /etc/passwd X")) {
      machine.shell(made.replace("X", linger)).expect(0);
      served().close();
      machine.awaitNoAttendant("larry");
      machine.run("rm", "-rf", linger).expect(0);
    }
    assertThat(machine.has(larry, "lingering")).isFalse();
  }

  @Test
  void rootSystemUsersAndThoseWithoutAShellAreLeftAlone() throws IOException {
    machine.addAccount("sysd", SYSTEM_UID, "/", "/bin/sh");
    machine.addAccount("shut", larry + 100, "/", "/usr/sbin/nologin");
    machine.addAccount("falsy", larry + 101, "/", "/bin/false");
    machine.addAccount("unsafe", 4_294_967, "/", "/bin/sh");
    machine.addAccount("files", larry + 102, "/", "/usr/lib/sftp-server");
    machine.addAccount("bound", larry + 103, "/", "/bin/rbash");
    machine.addAccount("guest", larry + 104, "/", "/bin/sh");
    machine.addAccount("out", larry + 105, "/", "/bin/sh");
    machine.append("/etc/group", "desk:x:64401:larry,guest");
    machine.append("/etc/group", "kiosk:x:64402:guest");
    config("min-uid=1000", "skip=other, su-*", "allow-groups=none desk", "deny-groups=kiosk");
    for (String user :
        List.of(
            "root", "sysd", "shut", "falsy", "files", "bound", "guest", "out", "nobody", "no")) {
      machine.run("pamtester", Machine.SERVICE, user, "open_session", "close_session").expect(0);
    }
    machine.stack("su-l", line());
    machine.run("pamtester", "su-l", "larry", "open_session").expect(0);
    assertThat(machine.path("/run/usersvc")).doesNotExist();
    assertThat(machine.shell("ls -A /run/user").out()).isEmpty();
    assertThat(machine.syslog()).doesNotContain("usersvc");
  }

  @Test
  void whoRunsProgramsForUsersIsSkippedUnlessToldOtherwise() throws IOException {
    for (String service :
        List.of("cron", "fcron", "supervise-daemon", "runuser-l", "sudo-i", "vsftpd", "imap")) {
      machine.stack(service, line());
      machine.run("pamtester", service, "larry", "open_session").expect(0);
    }
    assertThat(machine.path("/run/usersvc")).doesNotExist();
    config("skip=");
    machine.run("pamtester", "cron", "larry", "open_session").expect(0);
    assertThat(machine.path(Machine.logins(larry).toString())).isDirectory();
  }

  @Test
  void suAndLoginAreCountedWhileTheyLast() throws IOException {
    for (String service : List.of("su", "su-l", "login")) {
      machine.stack(service, line());
    }
    String look = "cat /run/usersvc/" + larry + "/[1-9]*; echo $HOME";
    String home = machine.home("larry").toString();
    assertThat(machine.run("su", "-l", "larry", "-c", look).expect(0).out())
        .contains("PAM_SERVICE=su-l\n", home);
    machine.awaitNoAttendant("larry");
    assertThat(machine.run("su", "larry", "-c", look).expect(0).out()).contains("PAM_SERVICE=su\n");
    machine.awaitNoAttendant("larry");
    String login = "printf '%s\\nexit\\n' '" + look + "' | script -qec 'login -f larry' /dev/null";
    assertThat(machine.shell(login).expect(0).out())
        .contains("PAM_SERVICE=login", "PAM_TTY=/dev/pts/");
    machine.awaitNoAttendant("larry");
  }

  /** As su is: the real user is somebody else, and so are the groups. */
  @Test
  void aSetUidProgramOpensSessionsAsWell() throws IOException {
    Path copy = machine.root().resolve("pamtester");
    Ran.of("cp", Programs.system("pamtester"), copy.toString()).expect(0);
    Ran.of("chmod", "4755", copy.toString()).expect(0);
    var login =
        machine.login(
            "larry",
            List.of(
                "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", copy.toString()));
    awaitSaid("larry", "start [0-9]+\n");
    login.close();
    awaitSaid("larry", "start [0-9]+\nstop [0-9]+\n");
    assertThat(machine.shell("find /run/usersvc ! -user root -o ! -group root").out()).isEmpty();
  }

  @Test
  void whoIsNotRootIsIgnoredInSilence() throws IOException {
    machine
        .run(
            "setpriv",
            "--reuid=larry",
            "--regid=larry",
            "--clear-groups",
            "pamtester",
            Machine.SERVICE,
            "larry",
            "open_session")
        .expect(0);
    assertThat(machine.path("/run/usersvc")).doesNotExist();
    assertThat(machine.syslog()).doesNotContain("usersvc");
  }

  @Test
  void linesOfTheConfigurationThatAreWrongAreNamedAndTheDefaultStands() throws IOException {
    config(
        "grace=86400",
        "grace=soon",
        "min-uid=-1",
        "init=upstart",
        "usersvcd=usersvcd",
        "gracious=1",
        "# fine");
    served().kill();
    String file = "/etc/usersvc/pam.conf";
    machine.awaitSyslog(
        file + ":4: 'grace=soon': grace is a number of seconds, 0 to 86400; ignoring the line",
        file + ":5: 'min-uid=-1': min-uid is a number from 1 to",
        file + ":6: 'init=upstart': init is auto, openrc,",
        file + ":7: 'usersvcd=usersvcd': usersvcd is an absolute path",
        file + ":8: 'gracious=1': write skip=, grace=,");
    assertThat(machine.syslog()).doesNotContain(file + ":9");
    Await.until("one attendant that waits", () -> machine.attendants("larry").size() == 1);
    assertThat(said("larry")).doesNotContain("stop");
  }

  /** Whoever could write it would choose what runs at logins. */
  @Test
  void aConfigurationThatOthersCanWriteIsNotRead() throws IOException {
    config("skip=" + Machine.SERVICE);
    machine.shell("chmod 666 /etc/usersvc/pam.conf").expect(0);
    machine.login("larry").close();
    machine.awaitSyslog(
        "/etc/usersvc/pam.conf: make it a file of root's that nobody else can write");
    assertThat(machine.path(Machine.logins(larry).toString())).isDirectory();
  }
}
