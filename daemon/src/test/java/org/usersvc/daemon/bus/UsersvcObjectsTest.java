package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.daemon.bus.ExportFixture.MANAGER;
import static org.usersvc.daemon.bus.ExportFixture.ROOT;
import static org.usersvc.daemon.bus.ExportFixture.SERVICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.supervise.TreeFixture;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.dbus.Errors;

/** Manager, Service and Session on a real supervisor. */
final class UsersvcObjectsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final UInt32 SEVEN_SECONDS = new UInt32(7000);
  private static final UInt32 AT_ONCE = new UInt32(0);

  @TempDir private Path root;
  private ExportFixture bus;

  @BeforeEach
  void start() throws IOException {
    bus = new ExportFixture(root);
    bus.tree.service("foo");
    bus.tree.start();
    bus.tree.advance(SECOND);
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private String property(String element, String name) {
    String text = bus.get(ExportFixture.path(element), SERVICE, name).outcome();
    return text.substring(text.indexOf(' ') + 1, text.length() - 2);
  }

  private int pid() {
    return bus.tree.processes.pid("foo/run");
  }

  @ParameterizedTest
  @CsvSource({
    "Up, ''",
    "Down, TERM foo/run;CONT foo/run",
    "Once, ''",
    "Reload, HUP foo/run",
    "Restart, TERM foo/run;CONT foo/run",
    "ForceStop, TERM foo/run;CONT foo/run",
    "Exit, TERM foo/run;CONT foo/run"
  })
  void bothInterfacesTellTheSame(String member, String signals) {
    var expected = signals.isEmpty() ? List.<String>of() : List.of(signals.split(";", -1));
    assertThat(bus.manager(member, "su", "foo", AT_ONCE).outcome()).startsWith("[run, ");
    assertThat(bus.tree.processes.takeSignals()).isEqualTo(expected);
    assertThat(bus.service("foo", member, "u", AT_ONCE).outcome()).startsWith("[run, ");
    assertThat(bus.tree.processes.takeSignals()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"Pause, STOP foo/run", "Continue, CONT foo/run"})
  void whatIsNotWaitedForHasNoAnswer(String member, String signal) {
    assertThat(bus.manager(member, "s", "foo").outcome()).isEqualTo("[]");
    assertThat(bus.service("foo", member, "").outcome()).isEqualTo("[]");
    assertThat(bus.tree.processes.takeSignals()).containsExactly(signal, signal);
  }

  @Test
  void restartAnswersWhenTheNextRunLives() {
    int before = pid();
    var call = bus.manager("Restart", "su", "foo", SEVEN_SECONDS);
    assertThat(call.isOver()).isFalse();
    bus.tree.exit("foo/run", TreeFixture.FINE);
    bus.tree.advance(SECOND);
    assertThat(call.outcome()).isEqualTo("[run, " + pid() + "]");
    assertThat(pid()).isNotEqualTo(before);
  }

  @Test
  void exitAnswersWhenNothingIsSupervisedAnyMore() {
    var call = bus.service("foo", "Exit", "u", SEVEN_SECONDS);
    assertThat(call.isOver()).isFalse();
    bus.tree.exit("foo/run", TreeFixture.FINE);
    assertThat(call.outcome()).isEqualTo("[gone, 0]");
    bus.tree.advance(SECOND);
  }

  @ParameterizedTest
  @CsvSource({
    "HUP, HUP", "SIGHUP, HUP", "sighup, HUP", "1, HUP", "INT, INT", "QUIT, QUIT", "9, KILL",
    "USR1, USR1", "10, USR1", "USR2, USR2", "ALRM, ALRM", "TERM, TERM", "CONT, CONT", "STOP, STOP"
  })
  void signalsAreKnownByNameAndNumber(String name, String signal) {
    assertThat(bus.manager("Signal", "ss", "foo", name).outcome()).isEqualTo("[]");
    assertThat(bus.service("foo", "Signal", "s", name).outcome()).isEqualTo("[]");
    assertThat(bus.tree.processes.takeSignals()).contains(signal + " foo/run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SIG", "SEGV", "99", "HUP ", "-1"})
  void otherSignalsAreRefused(String name) {
    assertThat(bus.manager("Signal", "ss", "foo", name).error()).isEqualTo(Errors.NO_SIGNAL);
    assertThat(bus.tree.processes.takeSignals()).isEmpty();
  }

  @Test
  void upAnswersWhenRunLives() throws IOException {
    var directory = bus.tree.service("bar");
    Files.createFile(directory.resolve("down"));
    bus.tree.settle();
    assertThat(property("bar", "State")).isEqualTo("down");
    assertThat(property("bar", "NormallyUp")).isEqualTo("false");
    var call = bus.manager("Up", "su", "bar", SEVEN_SECONDS);
    bus.tree.advance(SECOND);
    assertThat(call.outcome()).isEqualTo("[run, " + bus.tree.processes.pid("bar/run") + "]");
    assertThat(call.answerSignature()).isEqualTo("su");
    assertThat(bus.service("bar", "Up", "u", SEVEN_SECONDS).outcome()).startsWith("[run, ");
  }

  @Test
  void upThatFailsSaysHowRunEnded() {
    bus.tree.processes.refuse("foo/run", 13);
    bus.tree.exit("foo/run", TreeFixture.FINE);
    var call = bus.service("foo", "Up", "u", new UInt32(500));
    bus.tree.settle();
    assertThat(call.outcome())
        .startsWith(Errors.FAILED + ": foo: cannot start ")
        .contains("foo/run: ", "; next try in ");
  }

  @Test
  void upWithoutTimeAnswersAtOnce() {
    bus.manager("Down", "su", "foo", AT_ONCE);
    bus.tree.exit("foo/run", TreeFixture.FINE);
    assertThat(bus.manager("Up", "su", "foo", AT_ONCE).outcome()).startsWith("[");
  }

  @Test
  void upOfAServiceThatGoesIsGone() throws IOException {
    Files.delete(bus.tree.scan.resolve("foo/run"));
    bus.tree.exit("foo/run", TreeFixture.FAILED);
    var call = bus.manager("Up", "su", "foo", SEVEN_SECONDS);
    Files.move(bus.tree.scan.resolve("foo"), root.resolve("away"));
    bus.tree.settle();
    assertThat(call.error()).isEqualTo(Errors.GONE);
  }

  @Test
  void downAnswersWhenItIsDown() {
    var call = bus.manager("Down", "su", "foo", SEVEN_SECONDS);
    assertThat(call.isOver()).isFalse();
    bus.tree.exit("foo/run", TreeFixture.FINE);
    assertThat(call.outcome()).isEqualTo("[down, 0]");
  }

  @Test
  void onlyForceStopKills() {
    var patient = bus.service("foo", "Down", "u", new UInt32(1000));
    bus.tree.advance(SECOND);
    assertThat(patient.outcome()).startsWith(Errors.TIMED_OUT + ": run: foo: (pid " + pid());
    bus.tree.processes.takeSignals();
    var call = bus.service("foo", "ForceStop", "u", new UInt32(1000));
    bus.tree.advance(SECOND);
    assertThat(call.error()).isEqualTo(Errors.KILLED);
    assertThat(bus.tree.processes.takeSignals()).contains("KILL foo/run");
  }

  /** Of many services: whoever waits for one looks at each of its changes. */
  @Test
  void callersThatWaitAreLimited() throws IOException {
    var names = new ArrayList<>(List.of("foo"));
    for (int i = 1; i < 32; i++) {
      names.add("s" + i);
      bus.tree.service("s" + i);
    }
    bus.tree.advance(SECOND);
    var waiting = new ArrayList<FakeCall>();
    for (int i = 0; i < ServiceVerbs.MOST_WAITING; i++) {
      waiting.add(bus.manager("Down", "su", names.get(i % names.size()), SEVEN_SECONDS));
    }
    assertThat(waiting).noneMatch(FakeCall::isOver);
    assertThat(bus.manager("Up", "su", "foo", SEVEN_SECONDS).error())
        .isEqualTo(StandardErrors.LIMITS_EXCEEDED);
    names.forEach(name -> bus.tree.exit(name + "/run", TreeFixture.FINE));
    assertThat(waiting).allMatch(FakeCall::isOver);
    assertThat(bus.manager("Down", "su", "foo", SEVEN_SECONDS).error()).isEmpty();
  }

  @Test
  void aCallerThatHasLeftIsNotWaitedFor() {
    var call = bus.manager("Down", "su", "foo", SEVEN_SECONDS);
    assertThat(call.isOver()).isFalse();
    int timers = bus.tree.loop.timers().pending();
    call.link().leave(call.sender());
    assertThat(call.error()).isEqualTo(StandardErrors.NO_REPLY);
    assertThat(bus.tree.loop.timers().pending()).isEqualTo(timers - 1);
    bus.tree.exit("foo/run", TreeFixture.FINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "", "nope/log", "foo/log", "/nowhere", "a\\xffb"})
  void thereIsNoSuchService(String name) {
    assertThat(bus.manager("Up", "su", name, AT_ONCE).error()).isEqualTo(Errors.NO_SUCH_SERVICE);
    assertThat(bus.manager("GetService", "s", name).outcome())
        .startsWith(Errors.NO_SUCH_SERVICE + ": " + name + ": no such service in ");
  }

  @Test
  void whatIsThereAndNotOursIsNotSupervised() throws IOException {
    Files.createDirectory(bus.tree.scan.resolve(".hidden"));
    assertThat(bus.manager("Up", "su", ".hidden", AT_ONCE).outcome())
        .isEqualTo(Errors.NOT_SUPERVISED + ": .hidden: names with a leading dot are no services");
  }

  @Test
  void servicesAreFoundByNamePathAndPrintedName() throws IOException {
    bus.tree.service("bar.x\n");
    bus.tree.settle();
    String object = "[/org/usersvc1/service/bar_2ex_0a]";
    assertThat(bus.manager("GetService", "s", "bar.x\n").outcome()).isEqualTo(object);
    assertThat(bus.manager("GetService", "s", "bar.x\\x0a").outcome()).isEqualTo(object);
    assertThat(bus.manager("GetService", "s", bus.tree.scan + "/foo").outcome())
        .isEqualTo("[/org/usersvc1/service/foo]");
    assertThat(property("bar_2ex_0a", "Name")).isEqualTo("bar.x\\x0a");
  }

  @Test
  void listHasAllServices() {
    var call = bus.manager("ListServices", "");
    assertThat(call.answerSignature()).isEqualTo("a(sossu)");
    assertThat(call.outcome())
        .isEqualTo("[[(foo, /org/usersvc1/service/foo, run, up, " + pid() + ")]]");
  }

  @Test
  void aServiceTellsWhatItIs() {
    bus.tree.exit("foo/run", ExitStatus.killed(9, false));
    bus.service("foo", "Pause", "");
    String path = ExportFixture.path("foo");
    long micros = bus.tree.find("foo").history().since().toEpochMilli() * 1000;
    assertThat(bus.call(path, ExportFixture.PROPERTIES + ".GetAll", "s", SERVICE).outcome())
        .isEqualTo(
            "[{Deaths=<u 1>, ExitCode=<i -1>, ExitSignal=<i 9>, LastStart=<t 0>,"
                + " Log=<o />, MissingEnvironment=<as []>, Name=<s foo>, NeedsEnvironment=<as []>,"
                + " NextStart=<t 0>, NormallyUp=<b true>, Paused=<b true>, Pid=<u "
                + pid()
                + ">, Ready=<b true>, Since=<t "
                + micros
                + ">, Starts=<t 2>, State=<s run>, StatusText=<s >, WaitsFor=<as []>, Wanted=<s"
                + " up>}]");
  }

  @Test
  void anEndThatNobodyKnowsHasNeitherCodeNorSignal() {
    bus.tree.exit("foo/run", ExitStatus.UNKNOWN);
    assertThat(property("foo", "ExitCode")).isEqualTo("-1");
    assertThat(property("foo", "ExitSignal")).isEqualTo("0");
    assertThat(property("foo", "Deaths")).isEqualTo("1");
  }

  @Test
  void aLoggerIsAnObjectToo() throws IOException {
    bus.tree.service("bar");
    TreeFixture.script(bus.tree.scan.resolve("bar/log"), "run");
    bus.tree.advance(SECOND);
    assertThat(property("bar", "Log")).isEqualTo("/org/usersvc1/service/bar_2flog");
    assertThat(property("bar_2flog", "State")).isEqualTo("run");
    assertThat(bus.manager("GetService", "s", "bar/log").outcome())
        .isEqualTo("[/org/usersvc1/service/bar_2flog]");
    bus.service("bar_2flog", "Reload", "u", AT_ONCE);
    assertThat(bus.tree.processes.takeSignals()).contains("HUP log/run");
  }

  @Test
  void aServiceWithTwoNamesHasOneObject() throws IOException {
    Files.createSymbolicLink(bus.tree.scan.resolve("alias"), Path.of("foo"));
    bus.tree.settle();
    assertThat(bus.manager("GetService", "s", "foo").outcome())
        .isEqualTo("[/org/usersvc1/service/alias]");
    assertThat(bus.service("foo", "Up", "u", AT_ONCE).error())
        .isEqualTo(StandardErrors.UNKNOWN_OBJECT);
    assertThat(bus.introspect(ROOT + "/service")).contains("\"alias\"").doesNotContain("\"foo\"");
  }

  @Test
  void rescanAnswersWhenWhatIsFoundRuns() throws IOException {
    bus.tree.service("bar");
    var first = bus.manager("Rescan", "");
    assertThat(first.isOver()).isFalse();
    var second = bus.manager("Rescan", "");
    var third = bus.manager("Rescan", "");
    bus.tree.settle();
    assertThat(List.of(first.outcome(), second.outcome(), third.outcome())).containsOnly("[]");
    assertThat(property("bar", "State")).isEqualTo("run");
  }

  @Test
  void rescanReadsTheFilesOfTheUserAgain() {
    bus.manager("Rescan", "");
    bus.tree.settle();
    assertThat(bus.readings).isEqualTo(1);
  }

  @Test
  void sessionsComeAndGo() throws IOException {
    int leader = bus.desk.leader();
    var call =
        bus.manager(
            "RegisterSession",
            "a{ss}a{sv}",
            Map.of("WAYLAND_DISPLAY", "wayland-1", "X", "a=b\nc"),
            Map.of("leader", new Variant<>(new UInt32(leader)), "name", new Variant<>("sway")));
    assertThat(call.outcome()).isEqualTo("[/org/usersvc1/session/1]");
    assertThat(call.answerSignature()).isEqualTo("o");
    assertThat(bus.get(ROOT, MANAGER, "Sessions").outcome())
        .isEqualTo("[<ao [/org/usersvc1/session/1]>]");
    assertThat(
            bus.call(ROOT + "/session/1", ExportFixture.PROPERTIES + ".GetAll", "s", "").outcome())
        .isEqualTo(
            "[{Bus=<s unix:path=/fake>, Id=<u 1>, Kind=<s wayland>, Leader=<u "
                + leader
                + ">, Name=<s sway>, Since=<t 1767323045000000>, Variables=<a{ss} {"
                + "DBUS_SESSION_BUS_ADDRESS=unix:path=/fake, WAYLAND_DISPLAY=wayland-1,"
                + " X=a=b\nc}>}]");
    var path = new DBusPath("/org/usersvc1/session/1");
    assertThat(bus.manager("UnregisterSession", "o", path).outcome()).isEqualTo("[]");
    assertThat(bus.manager("UnregisterSession", "o", path).error())
        .isEqualTo(Errors.NO_SUCH_SESSION);
    assertThat(bus.manager("UnregisterSession", "o", new DBusPath("/x")).error())
        .isEqualTo(Errors.NO_SUCH_SESSION);
    assertThat(bus.get(ROOT, MANAGER, "Sessions").outcome()).isEqualTo("[<ao []>]");
  }

  @Test
  void refusalsOfSessionsReachTheCaller() {
    var bad = Map.of("1BAD", "x");
    assertThat(bus.manager("RegisterSession", "a{ss}a{sv}", bad, Map.of()).error())
        .isEqualTo(Errors.INVALID_NAME);
    assertThat(bus.manager("SetEnvironment", "a{ss}", bad).error()).isEqualTo(Errors.INVALID_NAME);
    assertThat(bus.manager("UnsetEnvironment", "as", List.of("=")).error())
        .isEqualTo(Errors.INVALID_NAME);
  }

  @Test
  void theEnvironmentIsSetAndUnset() {
    assertThat(bus.manager("SetEnvironment", "a{ss}", Map.of("A", "1", "HOME", "/")).outcome())
        .isEqualTo("[]");
    bus.desk.activation.set(Map.of("B", "\udcff"));
    assertThat(bus.get(ROOT, MANAGER, "Environment").outcome())
        .isEqualTo("[<a{ss} {A=1, B=\\xff, HOME=/, PATH=/bin}>]");
    assertThat(bus.manager("UnsetEnvironment", "as", List.of("A")).outcome()).isEqualTo("[]");
    assertThat(bus.get(ROOT, MANAGER, "Environment").outcome())
        .isEqualTo("[<a{ss} {B=\\xff, HOME=/, PATH=/bin}>]");
  }

  @Test
  void theManagerTellsWhatItIs() {
    assertThat(bus.get(ROOT, MANAGER, "ScanDirectory").outcome())
        .isEqualTo("[<s " + bus.tree.scan + ">]");
    assertThat(bus.get(ROOT, MANAGER, "Version").outcome()).startsWith("[<s ");
  }

  /** Arguments that fit, by signature. */
  private static Object[] arguments(String signature) {
    return switch (signature) {
      case "" -> new Object[0];
      case "s" -> new Object[] {"foo"};
      case "ss" -> new Object[] {"foo", "HUP"};
      case "u" -> new Object[] {AT_ONCE};
      case "su" -> new Object[] {"foo", AT_ONCE};
      case "ub" -> new Object[] {AT_ONCE, true};
      case "sub" -> new Object[] {"foo", AT_ONCE, true};
      case "o" -> new Object[] {new DBusPath("/org/usersvc1/session/1")};
      case "as" -> new Object[] {List.of("A")};
      case "a{ss}" -> new Object[] {Map.of("A", "1")};
      case "a{ss}a{sv}" -> new Object[] {Map.of("A", "1"), Map.of()};
      default -> throw new AssertionError(signature);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"Manager", "Service", "Session"})
  void everyMethodThatIsDeclaredAnswersWithItsSignature(String name) {
    String path = name.equals("Service") ? ExportFixture.path("foo") : ROOT;
    Interface.load(Errors.class, "org.usersvc1." + name)
        .methods()
        .forEach((member, method) -> {
          Object[] values =
              name.equals("Service") && method.in().equals("s")
                  ? new Object[] {"HUP"}
                  : arguments(method.in());
          var call = bus.call(path, "org.usersvc1." + name + "." + member, method.in(), values);
          bus.tree.settle();
          assertThat(call.isOver()).as(member).isTrue();
          if (call.error().isEmpty()) {
            assertThat(call.answerSignature()).as(member).isEqualTo(method.out());
          } else {
            assertThat(call.error()).as(member).isEqualTo(Errors.NO_SUCH_SESSION);
          }
        });
  }
}
