package org.usersvc.systemd.made;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.made.Description.Stream;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;

/** Properties of StartTransientUnit as the text of a unit. */
final class DescriptionTest {
  private static final int CALLER = 4711;

  private static Object[] property(String name, String signature, Object value) {
    return new Object[] {name, new Variant<>(value, signature)};
  }

  private static Description of(String unit, Object[]... properties) throws UnknownSetter {
    return Description.of(UnitName.of(unit), List.of(properties), CALLER);
  }

  private static Object[] command(Object flags, String program, String... words) {
    return new Object[] {program, List.of(words), flags};
  }

  private static List<Object> rows(Object[]... rows) {
    return new ArrayList<>(List.of(rows));
  }

  /** The lines as the reader of unit files sees them. */
  private static List<String> entries(Description description) {
    var file = UnitFile.read("x", description.text().getBytes(UTF_8));
    assertThat(file.problems()).isEmpty();
    var lines = new ArrayList<String>();
    file.entries().forEach(e -> lines.add(e.section() + " " + e.key() + "=" + e.value()));
    return lines;
  }

  @Test
  void whatSystemdRunSendsForACommand() throws Exception {
    var made =
        of(
            "run-r1.service",
            property("Description", "s", "/bin/sleep 1 100%"),
            property("AddRef", "b", true),
            property("RemainAfterExit", "b", false),
            property("Environment", "as", List.of("A=1 2", "B=\"%h\\")),
            property("WorkingDirectory", "s", "/tmp"),
            property("ExecStart", "a(sasb)", rows(command(true, "/bin/sh", "sh", "-c", "x\ny"))));
    assertThat(made.isHeld()).isTrue();
    assertThat(made.pids()).isEmpty();
    assertThat(entries(made))
        .containsExactly(
            "Unit Description=/bin/sleep 1 100%%",
            "Service RemainAfterExit=no",
            "Service Environment=\"A=1 2\" \"B=\\\"%%h\\\\\"",
            "Service WorkingDirectory=/tmp",
            "Service ExecStart=\"-@/bin/sh\" \"sh\" \"-c\" \"x\\ny\"");
  }

  @Test
  void flagsOfCommandsArePrefixes() throws Exception {
    var flags = List.of("ignore-failure", "no-env-expand");
    var made =
        of(
            "a.service",
            property("ExecStartEx", "a(sasas)", rows(command(flags, "/a b", "/a b", "$X"))));
    assertThat(entries(made)).containsExactly("Service ExecStart=\"-:/a b\" \"$X\"");
  }

  @Test
  void theProcessesOfAScopeAreNoLine() throws Exception {
    var pids = List.of(new UInt32(0), new UInt32(12));
    var made =
        of(
            "a.scope",
            property("PIDs", "au", pids),
            property("Slice", "s", "app.slice"),
            property("CPUWeight", "t", new UInt64(100)),
            property("TimeoutStopUSec", "t", new UInt64(5_000_000)));
    assertThat(made.pids()).as("0 is who calls").containsExactly(CALLER, 12);
    assertThat(entries(made))
        .containsExactly("Scope Slice=app.slice", "Scope TimeoutStopSec=5000000us");
  }

  @Test
  void descriptorsAreNoLines() throws Exception {
    var made =
        of(
            "a.service",
            property("StandardInputFileDescriptor", "h", new UInt32(2)),
            property("StandardErrorFileDescriptor", "h", new UInt32(0)));
    assertThat(made.text()).isEmpty();
    assertThat(made.streams())
        .isEqualTo(Map.of(Stream.INPUT, new UInt32(2), Stream.ERROR, new UInt32(0)));
    var scope = of("a.scope", property("PIDFDs", "ah", List.of(new UInt32(1))));
    assertThat(scope.pidDescriptors()).isEqualTo(List.of(new UInt32(1)));
    assertThatThrownBy(() -> of("a.scope", property("StandardInputFileDescriptor", "h", 1)))
        .hasMessageContaining("StandardInputFileDescriptor");
  }

  @Test
  void whatSystemdRunSendsForATimer() throws Exception {
    var made =
        of(
            "a.timer",
            property(
                "TimersMonotonic",
                "a(st)",
                rows(new Object[] {"OnActiveUSec", new UInt64(3_000_000)})),
            property("TimersCalendar", "a(ss)", rows(new Object[] {"OnCalendar", "daily"})),
            property("RemainAfterElapse", "b", false),
            property("After", "as", List.of("b.service", "c.service")));
    assertThat(entries(made))
        .containsExactly(
            "Timer OnActiveSec=3000000us",
            "Timer OnCalendar=daily",
            "Timer RemainAfterElapse=no",
            "Unit After=b.service c.service");
  }

  @Test
  void whatSystemdRunSendsForAPath() throws Exception {
    var made =
        of(
            "a.path",
            property("Paths", "a(ss)", rows(new Object[] {"PathExists", "/a%b"})),
            property("MakeDirectory", "b", true));
    assertThat(entries(made)).containsExactly("Path PathExists=/a%%b", "Path MakeDirectory=yes");
  }

  @Test
  void aSocketHasItsAddresses() throws Exception {
    var made =
        of(
            "a.socket",
            property(
                "Listen",
                "a(ss)",
                rows(new Object[] {"Stream", "/tmp/a"}, new Object[] {"Datagram", "[::1]:7"})),
            property("Accept", "b", true),
            property("SocketMode", "u", new UInt32(0600)),
            property("TriggerLimitIntervalUSec", "t", new UInt64(2_000_000)));
    assertThat(entries(made))
        .containsExactly(
            "Socket ListenStream=/tmp/a",
            "Socket ListenDatagram=[::1]:7",
            "Socket Accept=yes",
            "Socket SocketMode=600",
            "Socket TriggerLimitIntervalSec=2000000us");
  }

  @Test
  void otherKindsOfValues() throws Exception {
    var made =
        of(
            "a.service",
            property("UMask", "u", new UInt32(0027)),
            property("Nice", "i", -3),
            property("KillSignal", "i", 2),
            property("RuntimeMaxUSec", "t", new UInt64(0xffff_ffffL, 0xffff_ffffL)),
            property("EnvironmentFiles", "a(sb)", rows(new Object[] {"/a", true})),
            property("SuccessExitStatus", "(aiai)", new Object[] {List.of(3), List.of(15)}),
            property(
                "Conditions",
                "a(sbbs)",
                rows(new Object[] {"ConditionPathExists", true, true, "/a"})),
            property("LimitNOFILE", "t", new UInt64(1024)),
            property("LimitNOFILESoft", "t", new UInt64(512)),
            property("LimitCORE", "t", new UInt64(0xffff_ffffL, 0xffff_ffffL)),
            property("PrivateTmp", "b", true),
            property("RequiresMountsFor", "as", List.of("/tmp")));
    assertThat(entries(made))
        .containsExactly(
            "Service UMask=27",
            "Service Nice=-3",
            "Service KillSignal=2",
            "Service RuntimeMaxSec=infinity",
            "Service EnvironmentFile=-/a",
            "Service SuccessExitStatus=3 SIGTERM",
            "Service LimitCORE=infinity:infinity",
            "Service LimitNOFILE=512:1024",
            "Unit ConditionPathExists=|!/a");
  }

  @Test
  void whatCannotBeSetIsReadOnly() {
    for (String name : List.of("Nonsense", "Id", "ActiveState", "Listen")) {
      assertThatThrownBy(() -> of("a.service", property(name, "s", "x")))
          .isInstanceOf(UnknownSetter.class)
          .hasMessageContaining(name)
          .matches(fault -> ((UnknownSetter) fault).isReadOnly());
    }
    assertThatThrownBy(() -> of("a.scope", property("Type", "s", "simple")))
        .isInstanceOf(UnknownSetter.class);
  }

  @Test
  void noValueBringsALineOfItsOwn() {
    for (String text : List.of("a\nExecStart=/bin/evil", "a\\", "a\u0001")) {
      assertThatThrownBy(() -> of("a.service", property("Description", "s", text)))
          .isInstanceOf(UnknownSetter.class)
          .matches(fault -> !((UnknownSetter) fault).isReadOnly());
    }
    assertThatThrownBy(() -> of("a.service", property("Description", "u", new UInt32(1))))
        .isInstanceOf(UnknownSetter.class);
    assertThatThrownBy(() ->
            of("a.service", property("ExecStart", "a(sasb)", rows(command(false, "./sh", "sh")))))
        .hasMessageContaining("neither an absolute path");
  }
}
