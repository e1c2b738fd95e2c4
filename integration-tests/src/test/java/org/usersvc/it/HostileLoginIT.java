package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user who wants to be root, or wants root to touch what is not the user's. */
@Tag("root")
final class HostileLoginIT {
  /** Tells what the user's first process finds around it, and stays. */
  private static final String DAEMON =
      """
      # Without the script and the pipe that the shell itself has open.
      fds=$(find /proc/$$/fd -type l ! -lname "$0" ! -lname 'pipe:*' -printf '%f %l,')
      {
        echo "fds $fds"
        echo "parent $(ls /proc/$PPID/fd 2>&1 | grep -c '^[0-9]')"
        echo "env $(env | grep -v ^PWD= | tr '\\n' ',')"
        echo "cwd $(pwd) umask $(umask)"
        echo "nice $(nice) files $(ulimit -n) $(taskset -p $$ | sed 's/.*: //')"
        keyctl rdescribe @s
        grep -E '^(Uid|Gid|Groups|Sig(Blk|Ign)|Cap(Inh|Prm|Eff|Amb)):' /proc/self/status
      } > "$HOME/seen.new" 2>&1
      mv "$HOME/seen.new" "$HOME/seen"
      exec sleep 1000\
      """;

  private static final int HUGE = 100_000;

  @RegisterExtension private final OwnMachine own = new OwnMachine();
  private Machine machine;
  private int larry;

  @BeforeEach
  void makeUser() throws IOException {
    machine = own.get();
    larry = machine.addUser("larry");
    machine.config("grace=0", "usersvcd=" + machine.script("daemon", DAEMON));
    machine.shell("echo secret > /run/victim; chmod 600 /run/victim; mkdir /run/room").expect(0);
  }

  private void stack(String way) throws IOException {
    machine.stack(Machine.SERVICE, Login.line(way));
  }

  /** Nothing of root's is other than it was. */
  private void expectUntouched() throws IOException {
    assertThat(machine.shell("cat /run/victim; stat -c %a:%U /run/victim /run/room").out())
        .isEqualTo("secret\n600:root\n755:root\n");
    assertThat(machine.shell("ls -A /run/room").out()).isEmpty();
  }

  private void asLarry(String commands) throws IOException {
    machine
        .run("setpriv", "--reuid=larry", "--regid=larry", "--clear-groups", "sh", "-ec", commands)
        .expect(0);
  }

  private String seen() throws IOException {
    return Files.readString(machine.home("larry").resolve("seen"));
  }

  private void awaitSeen() throws IOException {
    Await.until("what the daemon sees", () -> !seen().isEmpty());
  }

  /** Whatever the application has open, ignores and blocks. */
  @ParameterizedTest
  @ValueSource(strings = {"module", "hook"})
  void theUsersFirstProcessFindsNothingOfRoots(String way) throws IOException {
    stack(way);
    var login =
        machine.login(
            "larry",
            List.of(
                "sh",
                "-c",
                "exec 8< /etc/shadow 9<> /run/victim; trap '' INT PIPE USR1; umask 0;"
                    + " ulimit -S -n 64;"
                    + " exec nice -n 7 taskset 1 setpriv --inh-caps +sys_admin,+net_raw \"$@\"",
                "sh",
                "pamtester",
                "-E",
                "LD_PRELOAD=/none.so",
                "-E",
                "LANG=C.UTF-8",
                "-E",
                "BASH_ENV=/none"));
    awaitSeen();
    expectClean(seen(), machine.home("larry").toString());
    expectUntouched();
    login.close();
    machine.awaitNoAttendant("larry");
  }

  private void expectClean(String seen, String home) throws IOException {
    String runtime = "/run/user/" + larry;
    String log = runtime + "/usersvcd.log";
    String ids = (larry + "\t").repeat(4).strip();
    String init = "prlimit --pid 1 --nofile -o SOFT --noheadings; taskset -p 1 | sed 's/.*: //'";
    var ofInit = machine.shell(init).expect(0).out().lines().map(String::strip).toList();
    assertThat(seen).contains("\nkeyring;" + larry + ";" + larry + ";");
    assertThat(seen.lines())
        .contains(
            "nice 0 files " + String.join(" ", ofInit),
            "CapInh:\t0000000000000000",
            "CapAmb:\t0000000000000000",
            "fds 0 /dev/null,1 " + log + ",2 " + log + ",",
            "parent 0",
            "cwd " + home + " umask 0022",
            "Uid:\t" + ids,
            "Gid:\t" + ids,
            "SigBlk:\t0000000000000000",
            "CapPrm:\t0000000000000000",
            "CapEff:\t0000000000000000");
    assertThat(seen.lines().filter(line -> line.startsWith("env ")).findFirst().orElse(""))
        .satisfies(line ->
            assertThat(line.substring(4).split(",", -1))
                .containsExactlyInAnyOrder(
                    "USER=larry",
                    "LOGNAME=larry",
                    "HOME=" + home,
                    "SHELL=/bin/sh",
                    "PATH=/usr/local/bin:/usr/bin:/bin",
                    "XDG_RUNTIME_DIR=" + runtime,
                    "LANG=C.UTF-8",
                    ""));
    // The C library keeps 32 and 33 from all programs; whoever runs the tests may ignore them.
    assertThat(seen).containsPattern("SigIgn:\t0000000[01][08]0000000\n");
    assertThat(seen).containsPattern("Groups:\t" + larry + " ?\n");
    assertThat(Files.size(machine.path(log))).isZero();
  }

  private static final String EVIL =
      """
      #include <fcntl.h>
      #include <unistd.h>
      __attribute__((constructor)) static void run(void) {
        if (geteuid() == 0) { (void)!open("/run/pwned", O_CREAT, 0600); }
      }
      """;

  /** What a stack with pam_env and user_readenv takes from the user's home, in front and behind. */
  @ParameterizedTest
  @ValueSource(strings = {"module", "hook", "hook of before"})
  void noVariableOfTheUsersReachesAProgramOfRoots(String way) throws IOException {
    String line = Login.line(way.equals("module") ? way : "hook");
    String variables = "required pam_env.so readenv=0 user_readenv=1";
    machine.stack(
        Machine.SERVICE,
        variables,
        way.equals("hook of before") ? line.replace("type=open_session ", "") : line,
        variables);
    Path home = machine.home("larry");
    Files.writeString(machine.root().resolve("evil.c"), EVIL);
    String evil = home + "/evil.so";
    Ran.of("cc", "-shared", "-fPIC", "-o", evil, machine.root() + "/evil.c").expect(0);
    asLarry("mkfifo " + home + "/pipe");
    var names = List.of("LD_PRELOAD", "LD_AUDIT", "GCONV_PATH", "LOCPATH", "TZ", "BASH_ENV", "ENV");
    var lines = new ArrayList<String>();
    for (String name : names) {
      String value = name.startsWith("LD_") ? evil : home + "/pipe";
      lines.add(name + " DEFAULT=" + value);
    }
    lines.add("LD_LIBRARY_PATH DEFAULT=" + home);
    lines.add("PAM_USER DEFAULT=root");
    lines.add("PAM_TYPE DEFAULT=open_session");
    Files.write(home.resolve(".pam_environment"), lines);
    machine.own();
    machine.run("pamtester", Machine.SERVICE, "larry", "open_session", "close_session").expect(0);
    machine.awaitNoAttendant("larry");
    assertThat(machine.path("/run/pwned")).doesNotExist();
    assertThat(machine.path("/run/usersvc/0")).doesNotExist();
    assertThat(machine.path(Machine.logins(larry) + "/attendant")).exists();
    var proof = machine.shell("LD_PRELOAD=" + evil + " env > /run/proof; ls /run/pwned");
    assertThat(proof.expect(0).out()).isEqualTo("/run/pwned\n");
  }

  /** As a directory server does that answers no more: whoever reads the groups waits for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"module", "hook"})
  void groupsThatNobodyTellsDelayNoLogin(String way) throws IOException {
    stack(way);
    machine.config("allow-groups=desk");
    machine.shell("mv /etc/group /etc/group.kept; mkfifo /etc/group").expect(0);
    machine.run("pamtester", Machine.SERVICE, "larry", "open_session", "close_session").expect(0);
    String line = "larry is not attended: nobody has said within 400 ms";
    Await.until("the line in syslog", () -> machine.syslog().contains(line));
    assertThat(machine.path("/run/usersvc")).doesNotExist();
    machine.shell("mv /etc/group.kept /etc/group; echo desk:x:64401:larry >> /etc/group").expect(0);
    Await.until(
        "a login that counts", // on a machine that is busy 400 ms may be too short
        () -> {
          machine.run("pamtester", Machine.SERVICE, "larry", "open_session").expect(0);
          return Files.isDirectory(machine.path(Machine.logins(larry).toString()));
        });
  }

  /** And the attendant keeps nothing of it either. */
  @ParameterizedTest
  @ValueSource(strings = {"module", "hook"})
  void aHugeEnvironmentGoesNowhere(String way) throws IOException {
    stack(way);
    var words = new ArrayList<>(List.of("pamtester"));
    for (String name :
        List.of("XDG_SEAT", "XDG_SESSION_ID", "XDG_RUNTIME_DIR", "LANG", "LS", "A")) {
      words.addAll(List.of("-E", name + "=" + "x".repeat(HUGE)));
    }
    words.addAll(List.of("-E", "XDG_VTNR=1\nXDG_SEAT=seat9", "-E", "PAM_USER=root"));
    var login = machine.login("larry", words);
    awaitSeen();
    String attendant = "/proc/" + machine.attendants("larry").getFirst() + "/environ";
    assertThat(Files.size(machine.path(attendant))).isZero();
    String entry = Machine.logins(larry) + "/" + machine.entries(larry).getFirst();
    assertThat(Files.readString(machine.path(entry)))
        .isEqualTo("PAM_SERVICE=usersvc-test\nPAM_TTY=tty0\n");
    login.close();
    machine.awaitNoAttendant("larry");
    assertThat(machine.path("/run/usersvc/0")).doesNotExist();
  }

  /** What the user puts where a file of usersvc's is to be is never opened by root. */
  @ParameterizedTest
  @ValueSource(strings = {"ln -s /run/victim X", "mkfifo X", "mkdir X", "ln -s /dev/full X"})
  void aFileOfTheRuntimeDirectoryMayBeAnything(String planted) throws IOException {
    stack("module");
    String runtime = "/run/user/" + larry;
    machine.shell("mkdir -m 700 " + runtime + " && chown larry " + runtime).expect(0);
    asLarry(planted.replace("X", runtime + "/usersvcd.log"));
    var login = machine.login("larry");
    awaitSeen();
    login.close();
    machine.awaitNoAttendant("larry");
    expectUntouched();
    assertThat(machine.path(runtime + "/usersvcd.log").getParent()).isDirectory();
  }

  /** It is removed by a process of the user's. */
  @ParameterizedTest
  @ValueSource(strings = {"module", "hook"})
  void linksInTheRuntimeDirectoryLeadNobodyOutOfIt(String way) throws IOException {
    stack(way);
    var login = machine.login("larry");
    awaitSeen();
    String runtime = "/run/user/" + larry;
    asLarry(
        "cd "
            + runtime
            + "; ln -s /run/room room; ln -s /run/victim victim; mkfifo pipe;"
            + " mkdir -p a/b/c; touch a/b/c/file; chmod 0 a/b/c a/b a; mkdir -m 0 shut");
    login.close();
    machine.awaitNoAttendant("larry");
    assertThat(machine.shell("ls -A /run/user").out()).isEmpty();
    expectUntouched();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ln -s /run/room X",
        "ln -s /run/nothing X",
        "touch X",
        "mkdir -m 700 X",
        "mkdir -m 750 X; chown larry X",
        "mkdir -m 700 X; chown nobody X"
      })
  void aRuntimeDirectoryThatIsNotPrivateIsRefusedAndLeftAsItIs(String made) throws IOException {
    machine.stack(
        Machine.SERVICE,
        Login.line("module"),
        "optional pam_exec.so quiet log=" + machine.root() + "/after /usr/bin/env");
    String runtime = "/run/user/" + larry;
    machine.shell(made.replace("X", runtime)).expect(0);
    String stat = "stat -c %F:%a:%U:%N " + runtime;
    String before = machine.shell(stat).out();
    machine.login("larry").close();
    machine.awaitNoAttendant("larry");
    assertThat(machine.shell(stat).out()).isEqualTo(before);
    assertThat(machine.path("/run/nothing")).doesNotExist();
    expectUntouched();
    machine.awaitSyslog(runtime + " is not a private directory of uid " + larry + "; remove it");
    assertThat(Files.readString(machine.root().resolve("after"))).doesNotContain("XDG_RUNTIME_DIR");
  }

  /** Where others can write, nothing can be trusted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir -m 777 /run/usersvc",
        "ln -s room /run/usersvc",
        "mkdir /run/usersvc; ln -s ../room /run/usersvc/UID",
        "mkdir -p /run/usersvc/UID; chown larry /run/usersvc/UID"
      })
  void loginsAreKeptOnlyWhereNobodyElseCanWrite(String made) throws IOException {
    stack("module");
    machine.shell(made.replace("UID", Integer.toString(larry))).expect(0);
    machine.run("pamtester", Machine.SERVICE, "larry", "open_session", "close_session").expect(0);
    assertThat(machine.attendants("larry")).isEmpty();
    assertThat(machine.shell("find /run/usersvc/ -type f").out()).isEmpty();
    expectUntouched();
    machine.awaitSyslog("usersvc: ");
  }

  /** Nobody but root can make an entry, or hold the locks. */
  @ParameterizedTest
  @ValueSource(strings = {"lock", "attendant"})
  void theLocksCannotBeOpenedByUsers(String file) throws IOException {
    stack("module");
    var login = machine.login("larry");
    awaitSeen();
    Path lock = Machine.logins(larry).resolve(file);
    String open = "setpriv --reuid=larry --regid=larry --clear-groups flock -n " + lock + " true";
    assertThat(machine.shell(open).err()).contains("Permission denied");
    login.close();
    machine.awaitNoAttendant("larry");
  }
}
