package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.activation.SessionFixture;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.SessionTable;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.daemon.wire.FakeLink;
import org.usersvc.daemon.wire.Link;
import org.usersvc.dbus.Errors;

final class SessionVerbsTest {
  private static final int NO_PROCESS = 999_999_999;
  private static final String FIRST = "[/org/usersvc1/session/1]";

  @TempDir private Path root;
  private final FakeLink bus = new FakeLink("unix:path=/a");
  private SessionFixture desk;
  private final FakeMessages messages = new FakeMessages();
  private SessionVerbs verbs;

  @BeforeEach
  void begin() {
    desk = new SessionFixture(root);
    verbs = new SessionVerbs(desk.sessions, desk.activation, messages);
  }

  @AfterEach
  void end() {
    desk.close();
  }

  private FakeCall begin(Map<String, String> variables, Object... options) {
    var given = new LinkedHashMap<String, Variant<?>>();
    for (int i = 0; i < options.length; i += 2) {
      given.put((String) options[i], new Variant<>(options[i + 1]));
    }
    var call = new FakeCall(bus, "/", "RegisterSession", "a{ss}a{sv}", variables, given);
    verbs.register(call);
    return call;
  }

  /** The caller is the process of that number. */
  private void tellCaller(FakeCall call, int caller) {
    if (!call.isOver()) {
      bus.reply(new Link.Reply.Values(List.of(new UInt32(caller))));
    }
    assertThat(call.isOver()).isTrue();
  }

  private FakeCall register(int caller, Map<String, String> variables, Object... options) {
    var call = begin(variables, options);
    tellCaller(call, caller);
    return call;
  }

  private FakeCall set(Map<String, String> variables) {
    var call = new FakeCall(bus, "/", "SetEnvironment", "a{ss}", variables);
    verbs.setEnvironment(call);
    return call;
  }

  private FakeCall unset(int caller, String... names) {
    var call = new FakeCall(bus, "/", "UnsetEnvironment", "as", List.of(names));
    verbs.unsetEnvironment(call);
    tellCaller(call, caller);
    return call;
  }

  private FakeCall unregister(int id) {
    var path = new DBusPath(SessionObject.path(id));
    var call = new FakeCall(bus, "/", "UnregisterSession", "o", path);
    verbs.unregister(call);
    return call;
  }

  private Session only() {
    assertThat(verbs.all()).hasSize(1);
    return verbs.all().getFirst();
  }

  @Test
  void withoutALeaderTheCallersParentLeadsAndTheBusIsTheCallers() throws IOException {
    assertThat(register(desk.leader(), Map.of("A", "1")).outcome()).isEqualTo(FIRST);
    assertThat(bus.takeCalls())
        .containsExactly("org.freedesktop.DBus GetConnectionUnixProcessID[:1.7]");
    assertThat(only().leader().pid()).isEqualTo(SelfProcess.pid());
    assertThat(only().bus()).isEqualTo("unix:path=/a");
    assertThat(only().kind()).isEqualTo("tty");
    assertThat(verbs.environment()).containsEntry("A", "1").containsEntry("HOME", "/home/x");
  }

  @Test
  void theBusThatACallerNamesIsKept() throws IOException {
    register(desk.leader(), Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:path=/b"));
    assertThat(only().bus()).isEqualTo("unix:path=/b");
  }

  @Test
  void theLeaderMayBeAnyKindOfWholeNumber() throws IOException {
    int leader = desk.leader();
    for (Object pid : List.of(new UInt32(leader), leader, (long) leader, new UInt64(leader))) {
      assertThat(register(0, Map.of("A", "1"), "leader", pid).outcome()).isEqualTo(FIRST);
    }
    assertThat(only().leader().pid()).isEqualTo(leader);
  }

  @Test
  void anOptionOfAnotherKindIsRefusedAndNotPassedOver() {
    for (Object pid : List.of("1", -1, true, new UInt32(4_294_967_295L), Long.MAX_VALUE)) {
      assertThat(register(1, Map.of("A", "1"), "leader", pid).error())
          .isEqualTo(Errors.INVALID_VALUE);
    }
    assertThat(register(1, Map.of("A", "1"), "name", 7).error()).isEqualTo(Errors.INVALID_VALUE);
    assertThat(verbs.all()).isEmpty();
    assertThat(bus.takeCalls()).as("nobody had to be asked").isEmpty();
  }

  @Test
  void aNameIsShownWithoutControlCharacters() throws IOException {
    register(desk.leader(), Map.of("A", "1"), "name", "sway\u001b[2J\n");
    assertThat(only().name()).isEqualTo("sway\\x1b[2J\\x0a");
  }

  @Test
  void aCallerThatIsGoneMeanwhileCannotRegister() {
    var call = begin(Map.of("A", "1"));
    bus.reply(new Link.Reply.Failed("org.freedesktop.DBus.Error.NameHasNoOwner", "gone"));
    assertThat(call.error()).isEqualTo(Errors.NO_LEADER);
  }

  @Test
  void everyRefusalHasItsOwnName() throws IOException {
    int caller = desk.leader();
    var nobody = new UInt32(NO_PROCESS);
    assertThat(register(caller, Map.of("A", "1"), "leader", nobody).error())
        .isEqualTo(Errors.NO_LEADER);
    assertThat(register(caller, Map.of("1\n", "1")).outcome())
        .startsWith(Errors.INVALID_NAME + ": '1\\x0a' is no name of a variable");
    assertThat(register(caller, Map.of("A", "x".repeat(128 * 1024))).error())
        .isEqualTo(Errors.INVALID_VALUE);
    for (int i = 0; i < SessionTable.MOST; i++) {
      desk.register(desk.leader(), "A", "1");
    }
    assertThat(register(caller, Map.of("A", "1")).error()).isEqualTo(Errors.TOO_MANY_SESSIONS);
  }

  @Test
  void aSessionIsEndedOnce() throws IOException {
    register(desk.leader(), Map.of("A", "1"));
    assertThat(unregister(1).outcome()).isEqualTo("[]");
    assertThat(unregister(1).error()).isEqualTo(Errors.NO_SUCH_SESSION);
    assertThat(verbs.environment()).doesNotContainKey("A");
  }

  @Test
  void whatIsRefusedIsToldAndTheRestIsTaken() throws IOException {
    assertThat(set(Map.of("A", "1")).outcome()).isEqualTo("[]");
    assertThat(set(Map.of("B", "2", "C=", "3")).outcome()).isEqualTo("[]");
    assertThat(messages.warnings())
        .containsExactly(
            "D-Bus: 'C=' is no name of a variable: it begins with A-Z a-z _ and goes on with these"
                + " and 0-9, leaving it out");
    assertThat(set(Map.of("B", "x".repeat(128 * 1024))).error()).isEqualTo(Errors.INVALID_VALUE);
    assertThat(register(desk.leader(), Map.of("F", "1", "BASH_FUNC_f%%", "() { :; }")).outcome())
        .isEqualTo(FIRST);
    assertThat(only().variables().variables()).containsEntry("F", "1").hasSize(2);
  }

  @Test
  void whatIsUnsetIsTakenFromTheCallersSessionAndFromNoOther() throws IOException {
    set(Map.of("A", "1"));
    desk.register(desk.leader(), "MINE", "theirs");
    assertThat(unset(desk.leader(), "A", "-").error()).isEqualTo(Errors.INVALID_NAME);
    assertThat(unset(desk.leader(), "A", "HOME", "PATH", "NONE", "MINE").outcome()).isEqualTo("[]");
    assertThat(verbs.environment()).isEqualTo(Map.of("MINE", "theirs"));
  }
}
