package org.usersvc.daemon.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.environment.OwnPrograms;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixSockets;
import org.usersvc.daemon.session.Login;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.SessionTable;
import org.usersvc.daemon.state.ProcessIdentity;

final class SessionsTest {
  private static final int NO_PROCESS = 999_999_999;

  @TempDir private Path root;
  private SessionFixture fixture;

  @BeforeEach
  void begin() {
    fixture = new SessionFixture(root);
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  private @Nullable String value(String name) {
    return fixture.activation.current().value(name);
  }

  @Test
  void theVariablesOfASessionGoWithItsLeader() throws IOException {
    int leader = fixture.leader();
    fixture.register(leader, "DISPLAY", ":1", "EXTRA", "a\nb=c");
    assertThat(value("DISPLAY")).isEqualTo(":1");
    assertThat(value("EXTRA")).isEqualTo("a\nb=c");
    fixture.processes.strangerEnds(leader);
    assertThat(fixture.sessions.all()).isEmpty();
    assertThat(fixture.activation.current()).isEqualTo(SessionFixture.BASE);
  }

  @Test
  void theNewestSessionWinsAndTheOneBeforeComesBack() throws IOException {
    int first = fixture.leader();
    int second = fixture.leader();
    fixture.register(first, "WAYLAND_DISPLAY", "wayland-1");
    fixture.register(second, "WAYLAND_DISPLAY", "wayland-2");
    assertThat(value("WAYLAND_DISPLAY")).isEqualTo("wayland-2");
    fixture.register(first, "SWAYSOCK", "/s");
    assertThat(value("WAYLAND_DISPLAY")).as("an update makes it no newer").isEqualTo("wayland-2");
    fixture.processes.strangerEnds(second);
    assertThat(value("WAYLAND_DISPLAY")).isEqualTo("wayland-1");
    assertThat(value("SWAYSOCK")).isEqualTo("/s");
  }

  @Test
  void aDisplayCountsBeforeALaterTerminal() throws IOException {
    fixture.register(fixture.leader(), "DISPLAY", ":1", "XDG_SEAT", "seat0");
    fixture.register(fixture.leader(), "XDG_SEAT", "seat1", "XDG_VTNR", "2");
    assertThat(value("XDG_SEAT")).isEqualTo("seat0");
    assertThat(value("XDG_VTNR")).as("it is of another login").isNull();
  }

  @Test
  void aSecondRegistrationOfALeaderIsAnUpdate() throws IOException {
    int leader = fixture.leader();
    int id = fixture.register(leader, "DISPLAY", ":1", "A", "1").id();
    var updated = fixture.register(leader, "A", "2");
    assertThat(updated.id()).isEqualTo(id);
    assertThat(updated.variables().variables())
        .containsEntry("DISPLAY", ":1")
        .containsEntry("A", "2");
    assertThat(fixture.sessions.all()).hasSize(1);
  }

  @Test
  void theLeaderIsWhoListensAtTheDisplay() throws IOException {
    var sockets = new UnixSockets();
    int listener = sockets.listen(root + "/wayland-7");
    fixture.processes.strangerLives(SelfProcess.pid());
    var session = fixture.register(0, "WAYLAND_DISPLAY", root + "/wayland-7");
    fixture.files.close(listener);
    assertThat(session.leader().pid()).isEqualTo(SelfProcess.pid());
  }

  @Test
  void aDisplayOfAnotherRuntimeDirectoryIsGivenByItsPath() throws IOException {
    Files.createFile(root.resolve("wayland-7"));
    int caller = fixture.leader("XDG_RUNTIME_DIR", root.toString());
    for (String name : List.of("wayland-7", "wayland-8")) {
      var variables = SessionFixture.environment("WAYLAND_DISPLAY", name);
      fixture.sessions.register(new Registration(variables, "", caller, caller));
      String given = name.equals("wayland-7") ? root + "/wayland-7" : name;
      assertThat(value("WAYLAND_DISPLAY")).isEqualTo(given);
    }
  }

  @Test
  void withoutADisplayTheParentLeads() throws IOException {
    int child = fixture.leader();
    fixture.processes.strangerLives(SelfProcess.pid());
    var registration =
        new Registration(SessionFixture.environment("A", "1", "DISPLAY", ":99999"), "", 0, child);
    assertThat(fixture.sessions.register(registration))
        .isInstanceOfSatisfying(
            Outcome.Registered.class,
            registered ->
                assertThat(registered.session().leader().pid()).isEqualTo(SelfProcess.pid()));
  }

  @Test
  void aLeaderThatIsGoneIsRefused() {
    assertThat(fixture.tryToRegister(NO_PROCESS, "A", "1")).isInstanceOf(Outcome.NoLeader.class);
    assertThat(fixture.sessions.all()).isEmpty();
  }

  @Test
  void whatNoVariableCanBeIsRefusedByName() throws IOException {
    int leader = fixture.leader();
    assertThat(fixture.tryToRegister(leader, "A", "1", "1B", "2"))
        .isEqualTo(new Outcome.InvalidName("1B"));
    assertThat(fixture.tryToRegister(leader, "A", "ü".repeat(64 * 1024)))
        .isInstanceOf(Outcome.InvalidValue.class);
    assertThat(fixture.tryToRegister(leader, "A", "x".repeat(128 * 1024 - 3)))
        .isInstanceOf(Outcome.Registered.class);
  }

  @Test
  void thereAreAtMost64() throws IOException {
    for (int i = 0; i < SessionTable.MOST; i++) {
      fixture.register(fixture.leader(), "A", "1");
    }
    assertThat(fixture.tryToRegister(fixture.leader(), "A", "1"))
        .isInstanceOf(Outcome.TooManySessions.class);
    fixture.sessions.unregister(1);
    fixture.register(fixture.leader(), "A", "1");
  }

  @Test
  void sessionsGoOnWithoutTheirBusUntilItIsBack() throws IOException {
    int leader = fixture.leader();
    fixture.register(leader, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/a", "A", "1");
    fixture.register(fixture.leader(), "DBUS_SESSION_BUS_ADDRESS", "unix:path=/a", "B", "1");
    var changes = new ArrayList<String>();
    var losses = new ArrayList<String>();
    fixture.activation.onLoss(losses::addAll);
    fixture.sessions.onChange(() -> changes.add(String.valueOf(value(Session.BUS))));
    fixture.sessions.busLost(fixture.sessions.all());
    assertThat(changes).as("nobody sees only some of them without").containsExactly("null");
    assertThat(losses).containsExactly(Session.BUS);
    assertThat(value("A")).isEqualTo("1");
    assertThat(fixture.sessions.all()).extracting(Session::bus).containsOnlyNulls();
    fixture.sessions.busBack(fixture.sessions.all());
    assertThat(value(Session.BUS)).isEqualTo("unix:path=/a");
    fixture.sessions.busLost(fixture.sessions.all());
    var anew = fixture.register(leader, Session.BUS, "unix:path=/b");
    assertThat(anew.standing().lostBus()).isEmpty();
    assertThat(value(Session.BUS)).isEqualTo("unix:path=/b");
  }

  @Test
  void aWindowOfADesktopTakesNothingFromIt() throws IOException {
    fixture.register(fixture.leader(), "WAYLAND_DISPLAY", "wayland-1", "SWAYSOCK", "/1");
    int inner = fixture.leader("WAYLAND_DISPLAY", "wayland-1");
    var window =
        fixture.register(inner, "WAYLAND_DISPLAY", "wayland-2", "SWAYSOCK", "/2", "A", "1");
    assertThat(window.standing().outer()).isEqualTo(1);
    assertThat(value("WAYLAND_DISPLAY")).isEqualTo("wayland-1");
    assertThat(value("SWAYSOCK")).isEqualTo("/1");
    assertThat(value("A")).isNull();
    var onItsOwnBus = fixture.activation.preferring(List.of(window));
    assertThat(onItsOwnBus.value("WAYLAND_DISPLAY")).isEqualTo("wayland-2");
    assertThat(fixture.activation.preferring(fixture.sessions.all()).value("WAYLAND_DISPLAY"))
        .isEqualTo("wayland-1");
    fixture.sessions.unregister(1);
    assertThat(value("WAYLAND_DISPLAY")).as("a window ends with its display").isNull();
    fixture.advance(Duration.ofSeconds(1));
    assertThat(value("WAYLAND_DISPLAY")).as("it was none").isEqualTo("wayland-2");
  }

  @Test
  void aProcessOfADesktopThatHasNoDisplayOfItsOwnIsNoWindow() throws IOException {
    fixture.register(fixture.leader(), "WAYLAND_DISPLAY", "wayland-1");
    int terminal = fixture.leader("WAYLAND_DISPLAY", "wayland-1", "XDG_SESSION_ID", "3");
    var session = fixture.register(terminal, "A", "1");
    assertThat(session.standing().outer()).isZero();
    assertThat(session.variables().variables()).containsOnlyKeys("A");
    assertThat(value("A")).isEqualTo("1");
  }

  @Test
  void aDesktopIsInTheLoginInWhichItsLeaderWasStarted() throws IOException {
    int sway = fixture.leader("XDG_SESSION_ID", "3", "XDG_SEAT", "seat0", "HOME", "/x");
    var session = fixture.register(sway, "WAYLAND_DISPLAY", "wayland-1", "XDG_SEAT", "seat1");
    assertThat(session.variables().variables())
        .containsOnly(
            Map.entry("WAYLAND_DISPLAY", "wayland-1"),
            Map.entry("XDG_SESSION_ID", "3"),
            Map.entry("XDG_SEAT", "seat1"));
  }

  @Test
  void theSessionOfAProcessIsThatOfItsDisplayElseOfAnAncestor() throws IOException {
    int leader = fixture.leader();
    var first = fixture.register(leader, "WAYLAND_DISPLAY", "wayland-1");
    var second = fixture.register(fixture.leader(), "DISPLAY", ":71");
    assertThat(fixture.sessions.ofProcess(fixture.leader("WAYLAND_DISPLAY", "wayland-1")))
        .isEqualTo(first);
    assertThat(fixture.sessions.ofProcess(fixture.leader("DISPLAY", "unix:71.0")))
        .isEqualTo(second);
    assertThat(fixture.sessions.ofProcess(fixture.leader("DISPLAY", ":72"))).isNull();
    fixture.register(SelfProcess.pid(), "A", "1");
    assertThat(fixture.sessions.ofProcess(fixture.leader("DISPLAY", ":72")))
        .isEqualTo(fixture.sessions.ofLeader(SelfProcess.pid()));
  }

  @Test
  void whatIsUnsetForASessionIsTakenFromNoOther() throws IOException {
    var first = fixture.register(fixture.leader(), "A", "1", "B", "1");
    var second = fixture.register(fixture.leader(), "A", "2");
    fixture.activation.set(Map.of("BY_HAND", "1", "B", "2"));
    fixture.activation.unset(List.of("A", "B", "BY_HAND", "PATH"), second);
    assertThat(value("A")).isEqualTo("1");
    assertThat(value("B")).isEqualTo("1");
    assertThat(value("BY_HAND")).isNull();
    assertThat(value("PATH")).isNull();
    assertThat(fixture.sessions.find(first.id())).isEqualTo(first);
    assertThat(fixture.activation.unset(List.of("A", "-"), null))
        .isEqualTo(new Outcome.InvalidName("-"));
  }

  @Test
  void whatIsSetByHandCountsUntilASessionBringsItAnew() throws IOException {
    int leader = fixture.leader();
    fixture.register(leader, "DISPLAY", ":1");
    fixture.activation.set(Map.of("DISPLAY", ":5"));
    fixture.register(leader, "OTHER", "1");
    assertThat(value("DISPLAY")).isEqualTo(":5");
    fixture.register(leader, "DISPLAY", ":2");
    assertThat(value("DISPLAY")).isEqualTo(":2");
    fixture.activation.unset(List.of("DISPLAY", "PATH"));
    assertThat(value("DISPLAY")).isNull();
    assertThat(value("PATH")).isNull();
    fixture.register(fixture.leader(), "DISPLAY", ":3");
    assertThat(value("DISPLAY")).isEqualTo(":3");
  }

  /** Desktops set the PATH of their login, which does not have our names. */
  @Test
  void ourProgramsStayInThePathThatASessionBrings() throws IOException {
    var programs = OwnPrograms.of(Environment.of(Map.of("PATH", "/bin:/own/bin")), "/own/bin");
    var activation =
        new Activation(() -> SessionFixture.BASE, programs, fixture.sessions, fixture.loop);
    assertThat(activation.current().value("PATH")).isEqualTo("/bin:/own/bin");
    fixture.register(fixture.leader(), "PATH", "/usr/bin");
    assertThat(activation.current().value("PATH")).isEqualTo("/usr/bin:/own/bin");
    activation.set(Map.of("PATH", "/sbin"));
    assertThat(activation.current().value("PATH")).isEqualTo("/sbin:/own/bin");
  }

  @Test
  void aSessionThatBringsTheSameAgainHasTheLastWord() throws IOException {
    int leader = fixture.leader();
    fixture.register(leader, "DISPLAY", ":1", "A", "1");
    fixture.activation.set(Map.of("DISPLAY", ":5", "A", "2"));
    fixture.register(leader, "DISPLAY", ":1");
    assertThat(value("DISPLAY")).isEqualTo(":1");
    assertThat(value("A")).as("it was not brought").isEqualTo("2");
    fixture.activation.unset(List.of("DISPLAY"));
    fixture.register(leader, "DISPLAY", ":1");
    assertThat(value("DISPLAY")).isEqualTo(":1");
  }

  @Test
  void aSessionBehindANewerOneHasNotTheLastWord() throws IOException {
    int first = fixture.leader();
    fixture.register(first, "A", "1");
    fixture.register(fixture.leader(), "A", "2");
    fixture.activation.set(Map.of("A", "3"));
    fixture.register(first, "A", "1");
    assertThat(value("A")).isEqualTo("3");
  }

  @Test
  void changesSettleOnceTheyRest() throws IOException {
    var settled = new ArrayList<String>();
    fixture.activation.onSettled(() -> settled.add(String.valueOf(value("A"))));
    int leader = fixture.leader();
    fixture.register(leader, "A", "1");
    fixture.advance(Duration.ofMillis(150));
    fixture.register(leader, "A", "2");
    fixture.advance(Duration.ofMillis(150));
    assertThat(settled).isEmpty();
    fixture.advance(Duration.ofMillis(50));
    assertThat(settled).containsExactly("2");
    fixture.register(leader, "A", "2");
    fixture.advance(Duration.ofSeconds(5));
    assertThat(settled).as("nothing has changed").hasSize(1);
  }

  @Test
  void whatNeverRestsIsSettledAfterASecond() throws IOException {
    var settled = new ArrayList<String>();
    fixture.activation.onSettled(() -> settled.add(String.valueOf(value("A"))));
    int leader = fixture.leader();
    for (int i = 0; i < 11; i++) {
      fixture.register(leader, "A", Integer.toString(i));
      fixture.advance(Duration.ofMillis(100));
    }
    assertThat(settled).containsExactly("9");
  }

  private Login login(int leader, String... variables) {
    long start = ProcessIdentity.of(fixture.files, leader).start();
    return new Login(leader, start, "tty1", SessionFixture.environment(variables));
  }

  private static Session session(Outcome outcome) {
    return ((Outcome.Registered) outcome).session();
  }

  @Test
  void aLoginIsASessionUntilTheLogout() throws IOException {
    int leader = fixture.leader();
    var session = session(fixture.sessions.login(login(leader, "XDG_SEAT", "seat0")));
    assertThat(session.name()).isEqualTo("tty1");
    assertThat(session.login()).isTrue();
    assertThat(value("XDG_SEAT")).isEqualTo("seat0");
    assertThat(session(fixture.sessions.login(login(leader, "XDG_SEAT", "another"))))
        .isEqualTo(session);
    fixture.sessions.logout(List.of(session.id()));
    assertThat(fixture.sessions.all()).hasSize(1);
    fixture.sessions.logout(List.of());
    assertThat(fixture.sessions.all()).isEmpty();
  }

  @Test
  void aLogoutEndsNoOtherSessions() throws IOException {
    fixture.register(fixture.leader(), "A", "1");
    fixture.sessions.logout(List.of());
    assertThat(fixture.sessions.all()).hasSize(1);
  }

  @Test
  void aLoginBringsWhatTheSessionOfItsLeaderLacks() throws IOException {
    int leader = fixture.leader();
    int id = fixture.register(leader, "XDG_SEAT", "mine").id();
    var session =
        session(fixture.sessions.login(login(leader, "XDG_SEAT", "seat0", "XDG_VTNR", "1")));
    assertThat(session.id()).isEqualTo(id);
    assertThat(value("XDG_SEAT")).isEqualTo("mine");
    assertThat(value("XDG_VTNR")).isEqualTo("1");
    fixture.sessions.logout(List.of());
    assertThat(fixture.sessions.all()).isEmpty();
  }

  @Test
  void anotherProcessOfThatPidHasNotLoggedIn() throws IOException {
    int leader = fixture.leader();
    long start = ProcessIdentity.of(fixture.files, leader).start();
    var other = new Login(leader, start - 1, "", SessionFixture.environment());
    assertThat(fixture.sessions.login(other)).isInstanceOf(Outcome.NoLeader.class);
    fixture.register(leader, "A", "1");
    assertThat(fixture.sessions.login(other)).isInstanceOf(Outcome.NoLeader.class);
    assertThat(fixture.sessions.all()).noneMatch(Session::login);
  }
}
