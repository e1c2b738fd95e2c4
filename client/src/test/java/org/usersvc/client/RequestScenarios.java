package org.usersvc.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.client.FakeDaemon.answer;
import static org.usersvc.client.FakeDaemon.bytewise;
import static org.usersvc.client.FakeDaemon.send;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One request and its answer: what both clients do without the other. */
abstract class RequestScenarios extends Scenario {
  private static final String DONE = "= 0\n";

  private void asks(String line, String request) throws Exception {
    try (var daemon = daemon(answer(DONE))) {
      assertThat(run(line)).isEqualTo(new Result(0, "", ""));
      assertThat(daemon.request()).isEqualTo(request);
    }
  }

  private Result answered(String answer) throws Exception {
    try (var _ = daemon(answer(answer))) {
      return run("usersvc list");
    }
  }

  private String brokenOff() {
    return "usersvc: usersvcd at "
        + socket()
        + " broke off before its answer was complete; see its log\n";
  }

  @Test
  final void waitingVerbSendsItsNamesAndTheWait() throws Exception {
    asks(
        "usersvc up foot web/log",
        "{\"v\":1,\"verb\":\"up\",\"services\":[\"foot\",\"web/log\"],\"format\":\"text\"}");
  }

  @Test
  final void optionsStandAnywhere() throws Exception {
    asks(
        "usersvc --json -w 1 down -q a -w 0.2509 -- b -w --json",
        "{\"v\":1,\"verb\":\"down\",\"services\":[\"a\",\"b\",\"-w\",\"--json\"],\"wait_ms\":250,"
            + "\"format\":\"json\"}");
  }

  @Test
  final void svwaitIsTheUsualWait() throws Exception {
    asks(
        "SVWAIT=12 usersvc check a",
        "{\"v\":1,\"verb\":\"check\",\"services\":[\"a\"],\"wait_ms\":12000,\"format\":\"text\"}");
  }

  @Test
  final void signalHasNoWait() throws Exception {
    asks(
        "SVWAIT=nonsense usersvc 1 -w 3 a",
        "{\"v\":1,\"verb\":\"1\",\"services\":[\"a\"],\"format\":\"text\"}");
  }

  @Test
  final void statusSendsItsCheck() throws Exception {
    asks(
        "usersvc status --check a",
        "{\"v\":1,\"verb\":\"status\",\"services\":[\"a\"],\"check\":true,\"format\":\"text\"}");
  }

  @Test
  final void killSendsTheNameOfItsSignal() throws Exception {
    String request =
        "{\"v\":1,\"verb\":\"kill\",\"services\":[\"a\"],\"signal\":\"HUP\","
            + "\"format\":\"text\"}";
    asks("usersvc kill -s HUP a", request);
    asks("usersvc kill --signal=HUP a", request);
  }

  @Test
  final void listOfWhatHasFailed() throws Exception {
    asks(
        "usersvc list --failed", "{\"v\":1,\"verb\":\"list\",\"failed\":true,\"format\":\"text\"}");
  }

  @Test
  final void sessionSendsItsWordsUntouched() throws Exception {
    asks(
        "usersvc session register FOO ./a ../b/ 'BAR=x =\"y' EMPTY= --name 'my sway' --all"
            + " --graphical --leader 812",
        "{\"v\":1,\"verb\":\"session\",\"words\":[\"register\",\"FOO\",\"./a\",\"../b/\","
            + "\"BAR=x =\\\"y\",\"EMPTY=\"],\"leader\":\"812\",\"name\":\"my sway\",\"all\":true,"
            + "\"graphical\":true,\"format\":\"text\"}");
  }

  @Test
  final void wordsAreTheDaemonsToJudge() throws Exception {
    asks("usersvc session", "{\"v\":1,\"verb\":\"session\",\"words\":[],\"format\":\"text\"}");
    asks(
        "usersvc --json session frob -- --all -",
        "{\"v\":1,\"verb\":\"session\",\"words\":[\"frob\",\"--all\",\"-\"],\"format\":\"json\"}");
    asks(
        "usersvc session --leader= --name='' show 7",
        "{\"v\":1,\"verb\":\"session\",\"words\":[\"show\",\"7\"],\"leader\":\"\",\"name\":\"\","
            + "\"format\":\"text\"}");
  }

  @Test
  final void environmentIsPrintedInSeveralWays() throws Exception {
    asks("usersvc env", "{\"v\":1,\"verb\":\"env\",\"words\":[],\"format\":\"text\"}");
    asks(
        "usersvc env --sh --service web/log",
        "{\"v\":1,\"verb\":\"env\",\"words\":[],\"service\":\"web/log\",\"sh\":true,"
            + "\"format\":\"text\"}");
    asks(
        "usersvc env diff --json --service=a --service b",
        "{\"v\":1,\"verb\":\"env\",\"words\":[\"diff\"],\"service\":\"b\",\"format\":\"json\"}");
  }

  @Test
  final void valuesAreExactBytes() throws Exception {
    asks(
        "usersvc env set \"$(printf 'A=\\351\\n=\\\\ \\303\\251')\" B=-1",
        "{\"v\":1,\"verb\":\"env\",\"words\":[\"set\",\"A=\\udce9\\n=\\\\ \\u00e9\",\"B=-1\"],"
            + "\"format\":\"text\"}");
  }

  @Test
  final void enablingWaitsOnlyIfItIsNow() throws Exception {
    asks("usersvc enable", "{\"v\":1,\"verb\":\"enable\",\"words\":[],\"format\":\"text\"}");
    asks(
        "SVWAIT=nonsense usersvc enable -w 3 foot ./a",
        "{\"v\":1,\"verb\":\"enable\",\"words\":[\"foot\",\"./a\"],\"format\":\"text\"}");
    asks(
        "usersvc enable --now foot -w 3",
        "{\"v\":1,\"verb\":\"enable\",\"words\":[\"foot\"],\"now\":true,\"wait_ms\":3000,"
            + "\"format\":\"text\"}");
    asks(
        "usersvc disable foot mako --now",
        "{\"v\":1,\"verb\":\"disable\",\"words\":[\"foot\",\"mako\"],\"now\":true,"
            + "\"format\":\"text\"}");
  }

  @Test
  final void activateBringsTheBusThatHasStartedIt() throws Exception {
    String session = "DBUS_SESSION_BUS_ADDRESS=unix:abstract=/tmp/dbus-x,guid=7 ";
    asks(
        session + "usersvc activate",
        "{\"v\":1,\"verb\":\"bus\",\"name\":\"unix:abstract=/tmp/dbus-x,guid=7\","
            + "\"format\":\"text\"}");
    asks(
        session + "DBUS_STARTER_ADDRESS=unix:path=/b usersvc activate --json",
        "{\"v\":1,\"verb\":\"bus\",\"name\":\"unix:path=/b\",\"format\":\"json\"}");
    asks(
        session + "DBUS_STARTER_ADDRESS= usersvc activate -w 1",
        "{\"v\":1,\"verb\":\"bus\",\"name\":\"unix:abstract=/tmp/dbus-x,guid=7\","
            + "\"format\":\"text\"}");
  }

  /** Calls activate with only this usersvcd in PATH, and no daemon to be reached. */
  private Result activated(String script, String options) throws Exception {
    Path path = directory.resolve("path");
    Installation.script(path.resolve("usersvcd"), script);
    return run(
        "export DBUS_STARTER_ADDRESS=unix:path=/b DBUS_STARTER_BUS_TYPE=session"
            + " DBUS_SESSION_BUS_ADDRESS=unix:path=/other X='a b'; PATH="
            + path
            + ":$PATH; usersvc activate "
            + options);
  }

  @Test
  final void activateStartsADaemonWhereNoneIs() throws Exception {
    String script = "env | grep -E '^(DBUS_|X=)' | sort; printf '<%s>' $# \"$@\" >&2; exit 7";
    String environment = "DBUS_SESSION_BUS_ADDRESS=unix:path=/b\nX=a b\n";
    assertThat(activated(script, "")).isEqualTo(new Result(7, environment, "<0>"));
    assertThat(activated(script, "--instance tty -q"))
        .isEqualTo(new Result(7, environment, "<2><--instance><tty>"));
  }

  @Test
  final void activateLeavesADaemonThatRefusesAlone() throws Exception {
    try (var _ = daemon(answer("2 no\n= 1\n"))) {
      assertThat(activated("echo started", "")).isEqualTo(new Result(1, "", "no\n"));
    }
    try (var _ = daemon(answer("1 a\n"))) {
      assertThat(activated("echo started", "")).isEqualTo(new Result(111, "a\n", brokenOff()));
    }
  }

  @Test
  final void activateWithoutAUsersvcdSaysSo() throws Exception {
    assertThat(run("DBUS_SESSION_BUS_ADDRESS=unix:path=/b usersvc activate"))
        .isEqualTo(
            new Result(
                111, "", "usersvc: cannot run usersvcd; install it beside usersvc or in PATH\n"));
  }

  @Test
  final void valueOf128KibibytesIsSent() throws Exception {
    int length = 131_000;
    try (var daemon = daemon(answer(DONE))) {
      String value = "$(head -c " + length + " /dev/zero | tr '\\0' a)";
      assertThat(run("usersvc env set A=" + value)).isEqualTo(new Result(0, "", ""));
      assertThat(daemon.request())
          .isEqualTo(
              "{\"v\":1,\"verb\":\"env\",\"words\":[\"set\",\"A="
                  + "a".repeat(length)
                  + "\"],\"format\":\"text\"}");
    }
  }

  @Test
  final void manyNamesAreSent() throws Exception {
    try (var daemon = daemon(answer("= 0\n"))) {
      assertThat(run("usersvc hup $(yes a | head -n 60000)").exit()).isZero();
      assertThat(daemon.request()).contains("\"a\",".repeat(59_999) + "\"a\"]");
    }
  }

  @Test
  final void namesAreExactBytes() throws Exception {
    asks(
        "LC_ALL=C usersvc hup \"$(printf 'caf\\303\\251 \\351 \\001\\n\\t\"\\\\\\177')\" "
            + "\"$(printf '\\360\\237\\230\\200\\355\\240\\200\\302\\205\\300\\257\\342\\202')\"",
        "{\"v\":1,\"verb\":\"hup\",\"services\":[\"caf\\u00e9 \\udce9 \\u0001\\n\\t\\\"\\\\\177\","
            + "\"\\ud83d\\ude00\\udced\\udca0\\udc80\\u0085\\udcc0\\udcaf\\udce2\\udc82\"],"
            + "\"format\":\"text\"}");
  }

  @Test
  final void svsPathsBecomeAbsolute() throws Exception {
    Path here = directory.toRealPath().resolve("work");
    asks(
        "usersvc hup foo .hidden ./a//b/./c/ foo/ /x//y/ / .",
        "{\"v\":1,\"verb\":\"hup\",\"services\":[\"foo\",\"H/.hidden\",\"H/a/b/c\",\"H/foo\","
                .replace("H", here.toString())
            + "\"/x/y\",\"/\",\""
            + here
            + "\"],\"format\":\"text\"}");
  }

  @Test
  final void switchSendsAnAbsoluteDirectory() throws Exception {
    asks(
        "usersvc switch tree",
        "{\"v\":1,\"verb\":\"switch\",\"dir\":\""
            + directory.toRealPath()
            + "/work/tree\",\"format\":\"text\"}");
  }

  @Test
  final void svcSendsEachLetterOnceInOrder() throws Exception {
    asks(
        "svc -du -ud -x foo foo/log /s/foo/",
        "{\"v\":1,\"verb\":\"svc\",\"services\":[\"foo\",\""
            + directory.toRealPath()
            + "/work/foo/log\",\"/s/foo\"],\"letters\":\"dux\",\"format\":\"text\"}");
  }

  @Test
  final void svokAndSvstatHaveNoOptions() throws Exception {
    asks("svok -x", "{\"v\":1,\"verb\":\"svok\",\"services\":[\"-x\"],\"format\":\"text\"}");
  }

  @Test
  final void svstatTakesManyDirectories() throws Exception {
    asks(
        "svstat a -- b",
        "{\"v\":1,\"verb\":\"svstat\",\"services\":[\"a\",\"--\",\"b\"],\"format\":\"text\"}");
  }

  @Test
  final void instanceHasItsOwnSocket() throws Exception {
    try (var tty =
        FakeDaemon.at(directory.resolve("usersvc-tty/control"), answer("1 tty\n= 0\n"))) {
      assertThat(run("usersvc list --instance tty").out()).isEqualTo("tty\n");
      assertThat(run("USERSVC_INSTANCE=tty usersvc list").out()).isEqualTo("tty\n");
      assertThat(run("USERSVC_INSTANCE=tty svstat a").out()).isEqualTo("tty\n");
      assertThat(run("USERSVC_INSTANCE=x usersvc --instance=tty list").out()).isEqualTo("tty\n");
      assertThat(tty.request()).contains("list");
    }
  }

  @Test
  final void linesGoToTheirStreamsInOrder() throws Exception {
    String answer = "1 one\n2 two\n1 three\n1 \n= 1\n";
    try (var daemon = daemon(bytewise(answer))) {
      assertThat(run("usersvc list")).isEqualTo(new Result(1, "one\nthree\n\n", "two\n"));
      assertThat(run("usersvc list 2>&1").out()).isEqualTo("one\ntwo\nthree\n\n");
      assertThat(run("usersvc list -q")).isEqualTo(new Result(1, "", "two\n"));
      assertThat(daemon.request()).contains("list");
    }
  }

  @Test
  final void longLinesAndStrayBytesPassUnchanged() throws Exception {
    String line = "caf\u00e9 \u00ff\t\u007f ".repeat(20_000) + "\n";
    Result result = answered("1 " + line + "2 " + line + "= 98\n");
    assertThat(result.exit()).isEqualTo(98);
    assertThat(result.out()).isEqualTo(line);
    assertThat(result.err()).isEqualTo(line);
  }

  /** With the euro sign, each byte of which comes alone, and as a terminal gives back its lines. */
  private static final String HOSTILE =
      "\u001b]0;x\u0007\t\0\r\u00e2\u0082\u00ac \u007f \u009b \u00c2\u009b \u00e2\u0082\n";

  @Test
  final void whatATerminalWouldObeyIsShown() throws Exception {
    String visible = "\\x1b]0;x\\x07\t\\x00\\x0d\u00e2\u0082\u00ac ";
    try (var _ = daemon(bytewise("1 " + HOSTILE + "2 " + HOSTILE + "= 0\n"))) {
      String kept = HOSTILE.substring(HOSTILE.indexOf('\u007f'));
      assertThat(run("usersvc list")).isEqualTo(new Result(0, visible + kept, visible + kept));
      String shown = visible + "\\x7f \\x9b \\x9b \\xe2\\x82\r\n";
      assertThat(run(TERMINAL + "usersvc list")).isEqualTo(new Result(0, shown + shown, ""));
    }
  }

  private static final String COLORED = "\u001b[1mNAME\u001b[0m \u001b[32mrun\u001b[0m";

  private String listed(String before, String options) throws Exception {
    String other = " \u001b[7m\u001b[31;1m\u001b[3\u001b[\n";
    try (var daemon = daemon(bytewise("1 " + COLORED + other + "2 \u001b[31mx\n= 0\n"))) {
      String out = run(before + "usersvc list" + options).out();
      return out + (daemon.request().contains(",\"color\":true,\"format\":\"text\"}") ? "+" : "-");
    }
  }

  @Test
  final void onlyThePaletteReachesATerminal() throws Exception {
    String terminal = "TERM=xterm " + TERMINAL;
    String rest = " \\x1b[7m\\x1b[31;1m\\x1b[3\\x1b[\r\n\\x1b[31mx\r\n+";
    assertThat(listed(terminal, "")).isEqualTo(COLORED + rest);
    assertThat(listed("", " --color=always")).startsWith(COLORED + " \\x1b[7m").endsWith("+");
    String plain = COLORED.replace("\u001b", "\\x1b");
    for (String without :
        List.of("NO_COLOR=1 " + terminal, "TERM=dumb " + TERMINAL, TERMINAL, "TERM=xterm ")) {
      assertThat(listed(without, "")).startsWith(plain).endsWith("-");
    }
    assertThat(listed(terminal, " --color never")).startsWith(plain).endsWith("-");
    assertThat(listed(terminal, " --json")).startsWith(plain).endsWith("-");
  }

  @Test
  final void assignmentsForAShellAreExactUnlessATerminalWouldObey() throws Exception {
    try (var _ = daemon(answer("1 " + HOSTILE + "= 0\n"))) {
      assertThat(run("usersvc env --sh").out()).isEqualTo(HOSTILE);
      assertThat(run(TERMINAL + "usersvc env --sh").out()).startsWith("\\x1b]0;x\\x07\t");
    }
  }

  @Test
  final void exitStatusIsTheDaemons() throws Exception {
    assertThat(answered("= 3\n").exit()).isEqualTo(3);
    assertThat(answered("= 255\n").exit()).isEqualTo(255);
  }

  @Test
  final void unknownPrefixesAreLeftOut() throws Exception {
    assertThat(answered("3 news\n1\n\n1x\n1 shown\n= 0\n1 late\n"))
        .isEqualTo(new Result(0, "shown\n", ""));
  }

  @Test
  final void answerWithoutAStatusIsBrokenOff() throws Exception {
    assertThat(answered("")).isEqualTo(new Result(111, "", brokenOff()));
    assertThat(answered("1 a\n")).isEqualTo(new Result(111, "a\n", brokenOff()));
    assertThat(answered("1 a\n1 ha")).isEqualTo(new Result(111, "a\nha\n", brokenOff()));
    assertThat(answered("2 ha")).isEqualTo(new Result(111, "", "ha\n" + brokenOff()));
    assertThat(answered("= 1")).isEqualTo(new Result(111, "", brokenOff()));
  }

  @Test
  final void nonsensicalStatusIsBrokenOff() throws Exception {
    for (String status : new String[] {"", "x", "-1", "256", "1000", "0 "}) {
      assertThat(answered("= " + status + "\n")).isEqualTo(new Result(111, "", brokenOff()));
    }
  }

  @Test
  final void daemonMayRefuseWithoutReading() throws Exception {
    try (var _ = FakeDaemon.deafAt(socket(), answer("2 no\n= 100\n"))) {
      assertThat(run("usersvc list")).isEqualTo(new Result(100, "", "no\n"));
    }
  }

  @Test
  final void linesAreShownAsTheyCome() throws Exception {
    var seen = new CountDownLatch(1);
    FakeDaemon.Play play =
        client -> {
          send(client, "1 first\n1 sec");
          assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
          send(client, "ond\n= 0\n");
        };
    try (var _ = daemon(play)) {
      Process process = start("usersvc events");
      try (var out =
          new BufferedReader(new InputStreamReader(process.getInputStream(), ISO_8859_1))) {
        assertThat(out.readLine()).isEqualTo("first");
        seen.countDown();
        assertThat(out.readLine()).isEqualTo("second");
      }
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  final void lostReaderEndsItQuietly() throws Exception {
    FakeDaemon.Play endless =
        client -> {
          while (true) {
            send(client, "1 a line\n");
          }
        };
    try (var _ = daemon(endless)) {
      assertThat(run("{ usersvc events; echo $? >&2; } | head -n 1"))
          .isEqualTo(new Result(0, "a line\n", "141\n"));
    }
  }

  @Test
  final void fullDiskIsAnError() throws Exception {
    try (var _ = daemon(answer("1 a line\n= 0\n"))) {
      assertThat(run("usersvc list >/dev/full"))
          .isEqualTo(new Result(111, "", "usersvc: cannot write to standard output\n"));
    }
  }

  @Test
  final void svokWithoutADaemonIsSilent() throws Exception {
    assertThat(run("svok foo")).isEqualTo(new Result(100, "", ""));
  }

  @Test
  final void svcAndSvstatOfNothingDoNothing() throws Exception {
    assertThat(run("svc -u && svc && svstat")).isEqualTo(new Result(0, "", ""));
  }
}
