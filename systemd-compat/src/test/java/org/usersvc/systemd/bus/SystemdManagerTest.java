package org.usersvc.systemd.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.extension.HostFixture;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixSockets;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.session.SessionTable;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.daemon.wire.FakeLink;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.face.ObjectPaths;

/** The environment of org.freedesktop.systemd1 as programs use it. */
final class SystemdManagerTest {
  private static final String BUS = "unix:path=/a";
  private static final String INVALID = "org.freedesktop.DBus.Error.InvalidArgs: ";

  @TempDir private Path root;
  private HostFixture desk;
  private Served manager;
  private int caller;

  @BeforeEach
  void begin() throws IOException {
    desk = new HostFixture(root, "org.usersvc1");
    var none = new FakeManager();
    var own =
        new Desk(
            new ManagerEnvironment(desk.host),
            desk.host.mechanisms().files(),
            new Ending(desk.host),
            new LogControl(desk.host.whole()),
            desk.host.mechanisms().turns()::inPieces,
            () -> BusFakes.running(none));
    manager = ManagerTable.TABLE.of(own);
    caller = desk.process();
  }

  @AfterEach
  void end() {
    desk.close();
  }

  /** A direct call of {@code caller}. */
  private String call(String member, Object... arguments) {
    return call("", ":1.7", member, arguments);
  }

  private String call(String address, String sender, String member, Object... arguments) {
    String signature = Objects.requireNonNull(ManagerTable.TABLE.type().methods().get(member)).in();
    var link = new FakeLink(address, caller);
    var call = new FakeCall(link, ObjectPaths.MANAGER, member, signature, arguments).from(sender);
    manager.call(call);
    return call.outcome();
  }

  private Session only() {
    assertThat(desk.sessions.all()).hasSize(1);
    return desk.sessions.all().getFirst();
  }

  @Test
  void whatNeedsNoUnitIsServed() {
    assertThat(call("Subscribe")).isEqualTo("[]");
    assertThat(call("Unsubscribe")).isEqualTo("[]");
    assertThat(call("SetEnvironment", List.of())).isEqualTo("[]");
    assertThat(call("UnsetAndSetEnvironment", List.of(), List.of())).isEqualTo("[]");
    assertThat(manager.value("Version").toString()).startsWith("252");
    assertThat(manager.value("NFailedUnits")).isEqualTo(0L);
    assertThat(manager.value("SystemState")).isEqualTo("running");
  }

  @Test
  void theManagerEndsWithTheStatusThatWasSet() {
    assertThat(call("Exit")).isEqualTo("[]");
    assertThat(call("SetExitCode", (byte) 200)).isEqualTo("[]");
    assertThat(manager.value("ExitCode")).isEqualTo((byte) 200);
    assertThat(call("Exit")).isEqualTo("[]");
    assertThat(call("Reexecute")).contains("usersvcd is not replaced: it is a fake");
    assertThat(desk.whole.told).containsExactly("end 0", "end 200", "replace");
  }

  @Test
  void theEnvironmentIsWhatServicesAreGiven() throws IOException {
    desk.register(desk.process(), "A", "1=2\n3", "STRAY", "\udcff");
    assertThat(manager.value("Environment")).isEqualTo(List.of("HOME=/home/x", "A=1=2\n3"));
  }

  @Test
  void whatNoVariableCanBeIsToldAndTheRestIsDone() {
    assertThat(call("SetEnvironment", List.of("B"))).startsWith(INVALID).endsWith(": B");
    assertThat(call("SetEnvironment", List.of("1B=2"))).startsWith(INVALID);
    assertThat(call("SetEnvironment", List.of("=2"))).startsWith(INVALID);
    assertThat(call("SetEnvironment", List.of("A=" + "x".repeat(128 * 1024)))).startsWith(INVALID);
    assertThat(call("UnsetEnvironment", List.of("a b"))).startsWith(INVALID);
    desk.messages.warnings().clear();
    assertThat(call("SetEnvironment", List.of("A=1", "BASH_FUNC_f%%=() { :; }"))).isEqualTo("[]");
    assertThat(desk.messages.warnings()).singleElement().asString().contains("BASH_FUNC_f%%");
    assertThat(desk.value("A")).isEqualTo("1");
    assertThat(call("UnsetEnvironment", List.of("A", "a b"))).isEqualTo("[]");
    assertThat(desk.value("A")).isEqualTo("-");
    assertThat(desk.sessions.all()).isEmpty();
    assertThat(desk.value("HOME")).isEqualTo("/home/x");
  }

  @Test
  void the65thSessionIsBeyondTheLimit() throws IOException {
    for (int i = 0; i < SessionTable.MOST; i++) {
      desk.register(desk.process(), "A", "1");
    }
    assertThat(call("SetEnvironment", List.of("DISPLAY=there:1")))
        .startsWith("org.freedesktop.DBus.Error.LimitsExceeded: there are 64 sessions already");
  }

  @Test
  void aDisplayOfACallerThatIsGoneHasNoSession() {
    caller = 999_999_999;
    assertThat(call("SetEnvironment", List.of("DISPLAY=there:1")))
        .startsWith("org.freedesktop.DBus.Error.Failed: nothing lives");
  }

  @Test
  void whatBelongsToNoSessionStaysUntilItIsUnset() {
    assertThat(call("SetEnvironment", List.of("A=1", "B=", "C=x=y", "A=2"))).isEqualTo("[]");
    assertThat(desk.sessions.all()).isEmpty();
    assertThat(desk.value("A") + desk.value("B") + desk.value("C")).isEqualTo("2x=y");
    caller = 999_999_999;
    call("UnsetEnvironment", List.of("A"));
    assertThat(desk.value("A")).isEqualTo("-");
  }

  /** A desktop that a unit has started gives back all of its variables. */
  @Test
  void whatAUnitHasForItselfIsLeftOut() {
    assertThat(call("SetEnvironment", List.of("INVOCATION_ID=1", "MANAGERPID=2", "A=3")))
        .isEqualTo("[]");
    assertThat(desk.value("A")).isEqualTo("3");
    assertThat(desk.value("INVOCATION_ID") + desk.value("MANAGERPID")).isEqualTo("--");
  }

  @Test
  void aDisplayThatNobodyServesIsLedByTheCallersParent() {
    assertThat(call("SetEnvironment", List.of("DISPLAY=there:1"))).isEqualTo("[]");
    assertThat(only().leader().pid()).isEqualTo(SelfProcess.pid());
    assertThat(only().bus()).as("it did not come over a bus").isNull();
  }

  @Test
  void theDisplayThatIsSetLeadsWhateverTheBusHas() throws Exception {
    desk.register(desk.process(), "DBUS_SESSION_BUS_ADDRESS", BUS);
    String display = listen();
    call(BUS, ":1.7", "SetEnvironment", List.of("WAYLAND_DISPLAY=" + display));
    assertThat(desk.sessions.all()).hasSize(2);
    var session = desk.sessions.all().getLast();
    assertThat(session.leader().pid()).isEqualTo(SelfProcess.pid());
    assertThat(session.bus()).isEqualTo(BUS);
  }

  /** A display of this process. */
  private String listen() throws Exception {
    String display = root.resolve("wayland-7").toString();
    new UnixSockets().listen(display);
    return display;
  }

  @Test
  void withoutADisplayTheNewestSessionOfTheBusTakesIt() throws IOException {
    desk.register(desk.process(), "DBUS_SESSION_BUS_ADDRESS", BUS);
    var newest = desk.register(desk.process(), "DBUS_SESSION_BUS_ADDRESS", BUS + ",guid=0");
    desk.register(desk.process(), "DBUS_SESSION_BUS_ADDRESS", "unix:path=/b");
    assertThat(call(BUS, ":1.7", "SetEnvironment", List.of("A=1"))).isEqualTo("[]");
    assertThat(desk.sessions.all()).hasSize(3);
    assertThat(desk.sessions.find(newest.id()))
        .extracting(session -> session.variables().value("A"))
        .isEqualTo("1");
  }

  @Test
  void onAPrivateSocketTheCallersDisplayLeads() throws Exception {
    caller = desk.process("WAYLAND_DISPLAY", listen());
    call("SetEnvironment", List.of("A=1"));
    assertThat(only().leader().pid()).isEqualTo(SelfProcess.pid());
  }

  @Test
  void whatTheBusItselfSetsBelongsToTheBusIfNobodyElseHasIt() {
    assertThat(call(BUS, "org.freedesktop.DBus", "SetEnvironment", List.of("A=1"))).isEqualTo("[]");
    assertThat(only().leader().pid()).isEqualTo(caller);
    assertThat(only().bus()).isEqualTo(BUS);
  }

  @Test
  void whatIsUnsetIsTakenFromTheCallersSessionAlone() throws IOException {
    desk.register(desk.process(), "WAYLAND_DISPLAY", "wayland-1", "A", "0", "B", "1");
    int leader = desk.process();
    desk.register(leader, "WAYLAND_DISPLAY", "wayland-2", "A", "1");
    caller = desk.process("WAYLAND_DISPLAY", "wayland-2");
    assertThat(call("UnsetEnvironment", List.of("A", "B", "HOME", "NONE", "WAYLAND_DISPLAY")))
        .isEqualTo("[]");
    assertThat(desk.value("WAYLAND_DISPLAY")).isEqualTo("wayland-1");
    assertThat(desk.value("A")).isEqualTo("0");
    assertThat(desk.value("B")).isEqualTo("1");
    assertThat(desk.value("HOME")).isEqualTo("-");
    desk.register(leader, "A", "1", "WAYLAND_DISPLAY", "wayland-2");
    assertThat(desk.value("A")).isEqualTo("1");
    call("SetEnvironment", List.of("HOME=/h"));
    assertThat(desk.value("HOME")).isEqualTo("/h");
  }

  @Test
  void onABusWithOneSessionThatIsTheCallers() throws IOException {
    desk.register(desk.process(), "A", "0", "B", "0");
    desk.register(desk.process(), "A", "1", "DBUS_SESSION_BUS_ADDRESS", BUS);
    call(BUS, ":1.7", "UnsetEnvironment", List.of("A", "B"));
    assertThat(desk.value("A") + desk.value("B")).isEqualTo("00");
  }

  /** GNOME's compositor gives variables to the bus before its display is there. */
  @Test
  void whatABusWithoutADisplayWasGivenIsUnsetByWhoeverIsOnIt() throws IOException {
    desk.register(desk.process(), "DBUS_SESSION_BUS_ADDRESS", BUS);
    desk.register(desk.process(), "DBUS_SESSION_BUS_ADDRESS", BUS);
    call(BUS, ":1.7", "SetEnvironment", List.of("A=1"));
    desk.register(desk.process(), "DISPLAY", ":72", "B", "2", "DBUS_SESSION_BUS_ADDRESS", BUS);
    desk.register(desk.process(), "DISPLAY", ":71", "B", "1", "DBUS_SESSION_BUS_ADDRESS", BUS);
    caller = desk.process("DISPLAY", ":71", "DBUS_SESSION_BUS_ADDRESS", BUS);
    call("UnsetEnvironment", List.of("A", "B", "DBUS_SESSION_BUS_ADDRESS"));
    assertThat(desk.value("A")).isEqualTo("-");
    assertThat(desk.value("B")).as("that of another display").isEqualTo("2");
    assertThat(desk.sessions.all().subList(0, 2)).extracting(Session::bus).containsOnly(BUS);
  }

  @Test
  void anAssignmentIsUnsetOnlyIfItHasThatValue() throws IOException {
    caller = desk.process("DISPLAY", ":71");
    desk.register(desk.process(), "A", "1", "B", "2", "DISPLAY", ":71");
    assertThat(call("UnsetEnvironment", List.of("A=2", "B=2"))).isEqualTo("[]");
    assertThat(desk.value("A")).isEqualTo("1");
    assertThat(desk.value("B")).isEqualTo("-");
  }

  @Test
  void whatIsUnsetAndSetAtOnceIsSet() throws IOException {
    caller = desk.process("DISPLAY", ":71");
    desk.register(desk.process(), "A", "1", "B", "2", "DISPLAY", ":71");
    assertThat(call("UnsetAndSetEnvironment", List.of("A", "B"), List.of("A=3"))).isEqualTo("[]");
    assertThat(desk.value("A")).isEqualTo("3");
    assertThat(desk.value("B")).isEqualTo("-");
  }

  @Test
  void whatIsSetCountsThoughItWasSetByHandBefore() throws IOException {
    int leader = desk.process();
    desk.register(leader, "A", "1", "DBUS_SESSION_BUS_ADDRESS", BUS);
    desk.activation.set(Map.of("A", "2"));
    call(BUS, ":1.7", "SetEnvironment", List.of("A=1"));
    assertThat(desk.value("A")).isEqualTo("1");
  }
}
