package org.usersvc.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.client.FakeDaemon.answer;
import static org.usersvc.client.FakeDaemon.send;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All that may be typed, whichever client is called first. */
abstract class ClientScenarios extends RequestScenarios {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          usersvc                        | a verb is missing
          usersvc -q                     | a verb is missing
          usersvc frob a                 | frob: no such command
          usersvc u a                    | u: no such command
          usersvc ''                     | ''''': no such command'
          usersvc x a                    | x: no such command
          usersvc 'up down' a            | up down: no such command
          usersvc up a --jsn             | unknown option --jsn
          usersvc up a -x                | unknown option -x
          usersvc up                     | verb up needs the name of a service
          usersvc hup                    | verb hup needs the name of a service
          usersvc list foo               | verb list takes no names, not foo
          usersvc switch                 | verb switch needs exactly one directory
          usersvc switch a b             | verb switch needs exactly one directory, not b
          usersvc switch ''              | verb switch has an empty operand (an unset variable?)
          usersvc up a ''                | verb up has an empty operand (an unset variable?)
          usersvc enable '' --now        | verb enable has an empty operand (an unset variable?)
          usersvc up a -w                | option -w needs a value
          usersvc up a -w x              | -w x is not a number of seconds from 0 to 86400
          usersvc hup a -w 86400.001     | -w 86400.001 is not a number of seconds from 0 to 86400
          usersvc up a -w -1             | -w -1 is not a number of seconds from 0 to 86400
          SVWAIT=5s usersvc up a         | SVWAIT=5s is not a number of seconds from 0 to 86400
          usersvc up a --check           | option --check belongs to status, not to up
          usersvc up a --now             | option --now belongs to enable and disable, not to up
          usersvc env --leader 1         | option --leader belongs to session, not to env
          usersvc tree --all             | option --all belongs to list and session, not to tree
          usersvc enable a --name b      | option --name belongs to run and session, not to enable
          usersvc activate --name b      | option --name belongs to run and session, not to activate
          usersvc session list --sh      | option --sh belongs to env, not to session
          usersvc session --service a    | option --service belongs to env, not to session
          usersvc env --service          | option --service needs a value
          usersvc session --leader --all | option --leader needs a value
          usersvc enable a --now=yes     | option --now takes no value
          usersvc disable --now          | verb disable needs the name of a service
          usersvc enable --now a -w x    | -w x is not a number of seconds from 0 to 86400
          usersvc list --color red       | --color red is not auto, always or never
          usersvc log -n x               | -n x is not a number of lines, nor all
          usersvc log -n -1              | -n -1 is not a number of lines, nor all
          usersvc log a -n ''            | -n  is not a number of lines, nor all
          usersvc log -n                 | option --lines needs a value
          usersvc log --follow=yes       | option --follow takes no value
          usersvc log --check            | option --check belongs to status, not to log
          usersvc list -n 3              | option --lines belongs to log, not to list
          usersvc up a -f                | option --follow belongs to log, not to up
          usersvc status --raw           | option --raw belongs to log, not to status
          usersvc events --since 3d      | option --since belongs to log, not to events
          usersvc bus                    | bus: no such command
          usersvc activate foo           | verb activate takes no names, not foo
          usersvc list --json=perhaps    | option --json takes no value
          usersvc list --instance        | option --instance needs a value
          """)
  final void usageErrorNamesTheWrongWord(String line, String problem) throws Exception {
    assertThat(run(line))
        .isEqualTo(new Result(100, "", "usersvc: " + problem + "; see usersvc --help\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "usersvc list --instance .x",
    "usersvc list --instance=",
    "usersvc list --instance a/b",
    "USERSVC_INSTANCE=a/b usersvc list",
    "USERSVC_INSTANCE=a/b svstat x",
  })
  final void instanceNamesAreChecked(String line) throws Exception {
    assertThat(run(line).exit()).isEqualTo(100);
    assertThat(run(line).err()).startsWith("usersvc: instance name ").hasLineCount(1);
  }

  @Test
  final void logSinceNeedsATime() throws Exception {
    assertThat(run("usersvc log --since tomorrow"))
        .isEqualTo(
            new Result(
                100,
                "",
                "usersvc: --since tomorrow is not a time like 10m, 2h, 3d, 17:00, 2026-11-23 or"
                    + " '2026-11-23 17:00'; see usersvc --help\n"));
  }

  @Test
  final void logIsShownWithoutADaemon() throws Exception {
    Path log = Files.createDirectories(directory.resolve("state/usersvc-x/log/web"));
    Files.writeString(log.resolve("current"), "2026-11-23_12:00:00.00000 a\nb\n");
    String line = "XDG_STATE_HOME=" + directory + "/state TZ=UTC usersvc log --instance x ";
    assertThat(run(line))
        .isEqualTo(
            new Result(0, "2026-11-23 12:00:00.000 web: a\n2026-11-23 12:00:00.000 web: b\n", ""));
    assertThat(run(line + "-qn1 web")).isEqualTo(new Result(0, "", ""));
    assertThat(run(line + "-q db").exit()).isEqualTo(1);
    assertThat(run(line + "db web -n 1").err()).startsWith("usersvc: db: no log, tried ");
  }

  @Test
  final void logOnATerminalIsVisibleUnlessItIsToBeRaw() throws Exception {
    Path log = Files.createDirectories(directory.resolve("state/usersvc-x/log/web"));
    String line = "\u001b[31mred\u009b\u00e9\t\u00c3\u00a9\r";
    Files.writeString(
        log.resolve("current"), "2026-11-23_12:00:00.00000 " + line + "\n", ISO_8859_1);
    String usersvc = "usersvc log --instance x web";
    String export = "export TZ=UTC XDG_STATE_HOME=" + directory + "/state; ";
    String time = "2026-11-23 12:00:00.000 ";
    assertThat(run(export + usersvc).out()).isEqualTo(time + line + "\n");
    assertThat(run(export + TERMINAL + usersvc).out())
        .isEqualTo(time + "\\x1b[31mred\\x9b\\xe9\t\u00c3\u00a9\\x0d\r\n");
    assertThat(run(export + TERMINAL + usersvc + " --raw").out()).isEqualTo(time + line + "\r\n");
    String painted = "\u001b[2m" + time + "\u001b[0m\\x1b[31mred\\x9b\\xe9\t\u00c3\u00a9\\x0d\r\n";
    assertThat(run(export + "TERM=xterm " + TERMINAL + usersvc).out()).isEqualTo(painted);
    assertThat(run(export + "TERM=xterm " + TERMINAL + usersvc + " --grep r").out())
        .isEqualTo(painted);
  }

  @Test
  final void aMistypedVerbIsAnsweredWithTheOneThatIsMeant() throws Exception {
    for (String line : List.of("restrat foo", "--json restrat", "help restrat")) {
      assertThat(run("usersvc " + line).err())
          .isEqualTo("usersvc: restrat: no such command; did you mean restart?\n");
    }
  }

  @Test
  final void errorIsOneLine() throws Exception {
    assertThat(run("usersvc \"$(printf 'a\\nb\\351')\"").err())
        .isEqualTo("usersvc: a\\x0ab\\xe9: no such command; see usersvc --help\n");
  }

  @Test
  final void unusualSpellingsAreServedToo() throws Exception {
    try (var daemon = daemon(answer("= 0\n"))) {
      assertThat(run("usersvc -qw3 up ../work/./a ../../b a/../c/").exit()).isZero();
      assertThat(daemon.request())
          .isEqualTo(
              "{\"v\":1,\"verb\":\"up\",\"services\":[\"R/work/a\",\"P/b\",\"R/work/a/../c\"],"
                      .replace("R", directory.toRealPath().toString())
                      .replace("P", String.valueOf(directory.toRealPath().getParent()))
                  + "\"wait_ms\":3000,\"format\":\"text\"}");
    }
  }

  @Test
  final void climbingIsExactUnderEveryLocale() throws Exception {
    try (var daemon = daemon(answer("= 0\n"))) {
      String line = "mkdir -p \"$(printf '\\351 %%')/x\" && cd */x && LC_ALL=C svstat ../y ./z";
      assertThat(run(line)).isEqualTo(new Result(0, "", ""));
      assertThat(daemon.request())
          .contains("[\"R/\\udce9 %/y\",\"R/\\udce9 %/x/z\"]".replace("R", here()));
    }
  }

  private String here() throws Exception {
    return directory.toRealPath().resolve("work").toString();
  }

  @Test
  final void requestBeyondTheLimitIsAUsageError() throws Exception {
    String names = "$(yes a-service-with-quite-a-name | head -n 40000)";
    String problem = ": the request is longer than 1 MiB; ask for less at once\n";
    assertThat(run("usersvc status " + names)).isEqualTo(new Result(100, "", "usersvc" + problem));
    assertThat(run("svstat " + names).err()).isEqualTo("svstat" + problem);
    assertThat(run("usersvc env set " + names).err()).isEqualTo("usersvc" + problem);
  }

  /** As a command line, a request of the limit has several words: one has 128 KiB at most. */
  @Test
  final void requestOfTheLimitIsSent() throws Exception {
    String frame = "{\"v\":1,\"verb\":\"hup\",\"services\":[\"\"],\"format\":\"text\"}\n";
    String part = "part=$(head -c 100000 /dev/zero | tr '\\0' a); ";
    String names = " $part".repeat(10) + " $(head -c N /dev/zero | tr '\\0' a)";
    try (var daemon = daemon(answer("= 0\n"))) {
      int rest = (1 << 20) - frame.length() - 10 * 100_003;
      assertThat(run(part + "usersvc hup" + names.replace("N", "" + rest)).exit()).isZero();
      assertThat(daemon.request()).hasSize((1 << 20) - 1);
      assertThat(run(part + "usersvc hup" + names.replace("N", "" + (rest + 1))).exit())
          .isEqualTo(100);
    }
  }

  @Test
  final void activateNeedsABus() throws Exception {
    String problem = "verb activate needs DBUS_STARTER_ADDRESS or DBUS_SESSION_BUS_ADDRESS";
    for (String line : List.of("usersvc activate", "DBUS_STARTER_ADDRESS= usersvc activate")) {
      assertThat(run(line))
          .isEqualTo(new Result(100, "", "usersvc: " + problem + "; see usersvc --help\n"));
    }
  }

  @Test
  final void missingDaemonIsNamedWithTheRemedy() throws Exception {
    String start = "usersvc: cannot reach usersvcd at " + directory;
    assertThat(run("usersvc list"))
        .isEqualTo(new Result(111, "", start + "/usersvc/control: no such file; start usersvcd\n"));
    assertThat(run("usersvc list --instance tty").err())
        .isEqualTo(start + "/usersvc-tty/control: no such file; start usersvcd --instance tty\n");
  }

  /** The client has failed before the daemon comes. */
  @Test
  @Timeout(60)
  final void sessionIsRegisteredWithADaemonThatALoginHasYetToStart() throws Exception {
    int uid = (Integer) Files.getAttribute(directory, "unix:uid");
    Files.createDirectories(directory.resolve("logins/" + uid));
    String trace = directory + "/trace";
    Process client =
        start(
            "USERSVC_LOGINS=%s/logins strace -qq -f -e trace=connect -o %s usersvc session register"
                .formatted(directory, trace));
    while (client.isAlive() && !refused(trace)) {
      Thread.onSpinWait();
    }
    try (var daemon = daemon(answer("1 registered\n= 0\n"))) {
      assertThat(client.waitFor()).isZero();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("registered\n");
      assertThat(daemon.request()).contains("\"verb\":\"session\"");
    }
  }

  /** The one that follows events has asked before, and waits when the other one has given up. */
  @Test
  @Timeout(60)
  final void silentDaemonIsGivenUpButForEvents() throws Exception {
    var release = new CountDownLatch(1);
    FakeDaemon.Play late =
        client -> {
          release.await();
          send(client, "1 x\n= 0\n");
        };
    try (var daemon = daemon(late)) {
      Process events = start("usersvc events");
      assertThat(daemon.request()).contains("events");
      Result result = run("usersvc -w 0.1 up a");
      assertThat(result.exit()).isEqualTo(111);
      assertThat(result.err())
          .startsWith("usersvc: usersvcd ")
          .contains(" does not answer: ")
          .hasLineCount(1);
      release.countDown();
      assertThat(events.waitFor()).isZero();
    }
  }

  /** A program of its name, as the shell is that becomes the daemon. */
  private Process starting() throws Exception {
    Installation.script(directory.resolve("usersvcd"), "read end");
    var daemon = new ProcessBuilder(directory + "/usersvcd", "--instance", "new").start();
    var comm = Path.of("/proc/" + daemon.pid() + "/comm");
    while (!Files.readString(comm).equals("usersvcd\n")) {
      Thread.onSpinWait();
    }
    return daemon;
  }

  @Test
  @Timeout(60)
  final void daemonThatIsStartingIsWaitedForAndNeverToBeStarted() throws Exception {
    Process starting = starting();
    try {
      String who = "usersvcd (pid " + starting.pid() + ") starts or ends just now: ask again\n";
      assertThat(run("usersvc --instance new list").err()).endsWith(": no such file; " + who);
      assertThat(run("usersvc --instance newer list").err()).contains("; start usersvcd");
      String trace = directory + "/trace";
      Process client =
          start("strace -qq -f -e trace=connect -o " + trace + " usersvc --instance new list");
      while (client.isAlive() && !refused(trace)) {
        Thread.onSpinWait();
      }
      try (var _ = FakeDaemon.at(directory.resolve("usersvc-new/control"), answer("= 0\n"))) {
        assertThat(client.waitFor()).isZero();
      }
    } finally {
      starting.getOutputStream().close();
      assertThat(starting.waitFor()).isNotNegative();
    }
  }

  private static boolean refused(String trace) throws IOException {
    var file = Path.of(trace);
    return Files.exists(file) && Files.readString(file, ISO_8859_1).contains("ENOENT");
  }

  @Test
  final void deadSocketIsRefused() throws Exception {
    Files.createDirectories(directory.resolve("usersvc"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(run("usersvc list").err())
        .isEqualTo(
            "usersvc: cannot reach usersvcd at "
                + socket()
                + ": connection refused; start usersvcd\n");
  }

  @Test
  final void pathOfASocketHasItsLimit() throws Exception {
    assertThat(run("XDG_RUNTIME_DIR=/" + "a".repeat(100) + " usersvc list").err())
        .endsWith("/control: path too long; set XDG_RUNTIME_DIR to another directory\n");
  }

  @ParameterizedTest
  @CsvSource({"unset XDG_RUNTIME_DIR; usersvc list", "XDG_RUNTIME_DIR= usersvc list"})
  final void withoutARuntimeDirectoryTheUsualPlacesAreTried(String line) throws Exception {
    assertThat(run(line + " --instance of-no-one").err())
        .matches(
            "usersvc: cannot reach usersvcd at /(run/user/|tmp/usersvc-)[0-9]+"
                + "/usersvc-of-no-one/control: no such file; .*\n");
  }

  @Test
  final void daemontoolsSpeakTheirWordsWithoutADaemon() throws Exception {
    assertThat(run("svstat a ./b"))
        .isEqualTo(new Result(0, "a: supervise not running\n./b: supervise not running\n", ""));
    assertThat(run("svc -u a /b/"))
        .isEqualTo(
            new Result(
                0,
                "",
                "svc: warning: unable to control a: X\nsvc: warning: unable to control /b/: X\n"
                    .replace("X", "cannot reach usersvcd at " + socket() + ": no such file")));
  }

  @Test
  final void daemontoolsUsage() throws Exception {
    assertThat(run("svc -uz a"))
        .isEqualTo(
            new Result(
                100,
                "",
                "svc: illegal option -- z\n"
                    + "svc options: u up, d down, o once, x exit, p pause, c continue, h hup,"
                    + " a alarm, i interrupt, t term, k kill\n"));
    assertThat(run("svok")).isEqualTo(new Result(100, "", "svok: usage: svok dir\n"));
    assertThat(run("svok a b")).isEqualTo(new Result(100, "", "svok: usage: svok dir\n"));
  }

  @Test
  final void helpAndVersion() throws Exception {
    Result help = run("usersvc --help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).startsWith("Usage: usersvc ").contains("Exit status:\n", "Examples:\n");
    assertThat(run("usersvc -h").out()).isEqualTo(help.out());
    assertThat(run("usersvc up -h").out()).startsWith("Usage: usersvc up ").contains("Example:\n");
    assertThat(run("usersvc -V").out()).matches("usersvc [0-9].*\n");
    assertThat(run("usersvc --version --help").out()).isEqualTo(help.out());
  }
}
