package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.activation.SessionFixture;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.session.SessionTable;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.daemon.wire.FakeLink;
import org.usersvc.daemon.wire.Link;
import org.usersvc.dbus.Errors;

final class ActivationDoorTest {
  private static final int NO_PROCESS = 999_999_999;

  @TempDir private Path root;
  private final FakeLink bus = new FakeLink("unix:path=/a");
  private SessionFixture desk;
  private final FakeMessages messages = new FakeMessages();
  private ActivationDoor door;

  @BeforeEach
  void begin() {
    desk = new SessionFixture(root);
    door = new ActivationDoor(desk.sessions, desk.activation, messages);
  }

  @AfterEach
  void end() {
    desk.close();
  }

  private List<SessionDoor.Outcome> begin(Map<String, String> variables, Object... options) {
    var given = new java.util.LinkedHashMap<String, Object>();
    for (int i = 0; i < options.length; i += 2) {
      given.put((String) options[i], options[i + 1]);
    }
    var answers = new ArrayList<SessionDoor.Outcome>();
    door.register(variables, given, new FakeCall(bus, "/", "x.Y.Z", ""), answers::add);
    return answers;
  }

  /** Registers; the caller is the process of that number. */
  private SessionDoor.Outcome register(
      int caller, Map<String, String> variables, Object... options) {
    var answers = begin(variables, options);
    if (answers.isEmpty()) {
      bus.reply(new Link.Reply.Values(List.of(new UInt32(caller))));
    }
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  private static String error(SessionDoor.Outcome outcome) {
    return outcome instanceof SessionDoor.Outcome.Refused(String name, String _) ? name : "";
  }

  private SessionDoor.Session only() {
    assertThat(door.list()).hasSize(1);
    return door.list().getFirst();
  }

  @Test
  void withoutALeaderTheCallersParentLeadsAndTheBusIsTheCallers() throws IOException {
    var outcome = register(desk.leader(), Map.of("A", "1"));
    assertThat(outcome).isEqualTo(new SessionDoor.Outcome.Registered(1));
    assertThat(bus.takeCalls())
        .containsExactly("org.freedesktop.DBus GetConnectionUnixProcessID[:1.7]");
    assertThat(only().leader()).isEqualTo(SelfProcess.pid());
    assertThat(only().bus()).isEqualTo("unix:path=/a");
    assertThat(only().kind()).isEqualTo("tty");
    assertThat(door.environment()).containsEntry("A", "1").containsEntry("HOME", "/home/x");
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
      assertThat(register(0, Map.of("A", "1"), "leader", pid))
          .isEqualTo(new SessionDoor.Outcome.Registered(1));
    }
    assertThat(only().leader()).isEqualTo(leader);
  }

  @Test
  void anOptionOfAnotherKindIsRefusedAndNotPassedOver() {
    for (Object pid : List.of("1", -1, true, new UInt32(4_294_967_295L), Long.MAX_VALUE)) {
      assertThat(error(register(1, Map.of("A", "1"), "leader", pid)))
          .isEqualTo(Errors.INVALID_VALUE);
    }
    assertThat(error(register(1, Map.of("A", "1"), "name", 7))).isEqualTo(Errors.INVALID_VALUE);
    assertThat(door.list()).isEmpty();
    assertThat(bus.takeCalls()).as("nobody had to be asked").isEmpty();
  }

  @Test
  void aNameIsShownWithoutControlCharacters() throws IOException {
    register(desk.leader(), Map.of("A", "1"), "name", "sway\u001b[2J\n");
    assertThat(only().name()).isEqualTo("sway\\x1b[2J\\x0a");
  }

  @Test
  void aCallerThatIsGoneMeanwhileCannotRegister() {
    var answers = begin(Map.of("A", "1"));
    bus.reply(new Link.Reply.Failed("org.freedesktop.DBus.Error.NameHasNoOwner", "gone"));
    assertThat(answers)
        .singleElement()
        .extracting(ActivationDoorTest::error)
        .isEqualTo(Errors.NO_LEADER);
  }

  @Test
  void everyRefusalHasItsOwnName() throws IOException {
    int caller = desk.leader();
    var nobody = new UInt32(NO_PROCESS);
    assertThat(error(register(caller, Map.of("A", "1"), "leader", nobody)))
        .isEqualTo(Errors.NO_LEADER);
    assertThat(register(caller, Map.of("1\n", "1")))
        .isInstanceOfSatisfying(
            SessionDoor.Outcome.Refused.class,
            refused -> {
              assertThat(refused.errorName()).isEqualTo(Errors.INVALID_NAME);
              assertThat(refused.text()).contains("'1\\x0a' is no name of a variable");
            });
    assertThat(error(register(caller, Map.of("A", "x".repeat(128 * 1024)))))
        .isEqualTo(Errors.INVALID_VALUE);
    for (int i = 0; i < SessionTable.MOST; i++) {
      desk.register(desk.leader(), "A", "1");
    }
    assertThat(error(register(caller, Map.of("A", "1")))).isEqualTo(Errors.TOO_MANY_SESSIONS);
  }

  @Test
  void aSessionIsEndedOnce() throws IOException {
    register(desk.leader(), Map.of("A", "1"));
    assertThat(door.unregister(1)).isTrue();
    assertThat(door.unregister(1)).isFalse();
    assertThat(door.environment()).doesNotContainKey("A");
  }

  private SessionDoor.Outcome.@Nullable Refused unset(int caller, String... names) {
    var answers = new ArrayList<SessionDoor.Outcome.@Nullable Refused>();
    door.unsetEnvironment(List.of(names), new FakeCall(bus, "/", "x.Y.Z", ""), answers::add);
    bus.reply(new Link.Reply.Values(List.of(new UInt32(caller))));
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  @Test
  void whatIsRefusedIsToldAndTheRestIsTaken() throws IOException {
    assertThat(door.setEnvironment(Map.of("A", "1"))).isNull();
    assertThat(door.setEnvironment(Map.of("B", "2", "C=", "3"))).isNull();
    assertThat(messages.warnings())
        .containsExactly(
            "D-Bus: 'C=' is no name of a variable: it begins with A-Z a-z _ and goes on with these"
                + " and 0-9, leaving it out");
    assertThat(door.setEnvironment(Map.of("B", "x".repeat(128 * 1024))))
        .extracting(SessionDoor.Outcome.Refused::errorName)
        .isEqualTo(Errors.INVALID_VALUE);
    assertThat(register(desk.leader(), Map.of("F", "1", "BASH_FUNC_f%%", "() { :; }")))
        .isEqualTo(new SessionDoor.Outcome.Registered(1));
    assertThat(only().variables()).containsEntry("F", "1").hasSize(2);
  }

  @Test
  void whatIsUnsetIsTakenFromTheCallersSessionAndFromNoOther() throws IOException {
    door.setEnvironment(Map.of("A", "1"));
    desk.register(desk.leader(), "MINE", "theirs");
    assertThat(unset(desk.leader(), "A", "-"))
        .extracting(SessionDoor.Outcome.Refused::errorName)
        .isEqualTo(Errors.INVALID_NAME);
    assertThat(unset(desk.leader(), "A", "HOME", "PATH", "NONE", "MINE")).isNull();
    assertThat(door.environment()).isEqualTo(Map.of("MINE", "theirs"));
  }
}
