package org.usersvc.systemd.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.systemd.engine.GivenStreams;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.face.FakeUnit;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Unit;

/** The methods of the manager for units and jobs. */
final class ManagerTest {
  private static final UnitName NAME = UnitName.of("a.service");
  private static final String JOB = "[/org/freedesktop/systemd1/job/1]";

  private final FakeManager manager = new FakeManager();
  private final Desk desk = BusFakes.desk(manager);

  private FakeUnit file() {
    return Objects.requireNonNull(manager.files.get(NAME));
  }

  private FakeCall call(String member, Object... arguments) {
    return BusFakes.call(desk, member, arguments);
  }

  private void load(UnitName name) {
    manager.add(Unit.of(name, LoadState.LOADED));
    manager.load(name);
  }

  @Test
  void whatIsDeclaredIsWhatSystemdDeclares() {
    var methods = new HashMap<String, String>();
    ManagerTable.TABLE
        .type()
        .methods()
        .forEach((name, method) -> methods.put(name, method.in() + ">" + method.out()));
    assertThat(Map.copyOf(methods))
        .containsEntry("StartUnit", "ss>o")
        .containsEntry("ReloadOrTryRestartUnit", "ss>o")
        .containsEntry("StartTransientUnit", "ssa(sv)a(sa(sv))>o")
        .containsEntry("ListUnitsByPatterns", "asas>a(ssssssouso)")
        .containsEntry("ListJobs", ">a(usssoo)")
        .containsEntry("EnableUnitFiles", "asbb>ba(sss)")
        .containsEntry("DisableUnitFilesWithFlags", "ast>a(sss)")
        .containsEntry("AddDependencyUnitFiles", "asssbb>a(sss)")
        .containsEntry("KillUnit", "ssi>")
        .containsEntry("GetUnitProcesses", "s>a(sus)")
        .containsEntry("EnqueueUnitJob", "sss>uososa(uosos)")
        .containsEntry("SetUnitProperties", "sba(sv)>")
        .containsEntry("CleanUnit", "sas>")
        .containsEntry("QueueSignalUnit", "ssii>")
        .containsEntry("GetUnitByInvocationID", "ay>o")
        .containsEntry("DisableUnitFilesWithFlagsAndInstallInfo", "ast>ba(sss)")
        .containsEntry("UnsetAndSetEnvironment", "asas>");
  }

  @Test
  void everyMethodForJobsAsksForItsType() {
    for (String verb : List.of("Start", "Stop", "Reload", "Restart", "TryRestart")) {
      assertThat(call(verb + "Unit", "a.service", "replace").error()).isEmpty();
    }
    call("ReloadOrRestartUnit", "a.service", "fail");
    call("ReloadOrTryRestartUnit", "a.service", "fail");
    assertThat(manager.take())
        .containsExactly(
            "start a.service replace",
            "stop a.service replace",
            "reload a.service replace",
            "restart a.service replace",
            "try-restart a.service replace",
            "reload-or-start a.service fail",
            "try-reload a.service fail");
  }

  @Test
  void refusalsHaveTheNamesOfSystemd() {
    manager.refuseNext(new Refusal.NotLoaded(NAME, Refusal.Problem.NOT_FOUND));
    assertThat(call("StartUnit", "a.service", "replace").outcome())
        .isEqualTo("org.freedesktop.systemd1.NoSuchUnit: Unit a.service not found.");
    manager.refuseNext(new Refusal.NotApplicable(NAME, JobType.RELOAD));
    assertThat(call("ReloadUnit", "a.service", "replace").error())
        .isEqualTo("org.freedesktop.systemd1.JobTypeNotApplicable");
    manager.refuseNext(new Refusal.TooLarge(7));
    assertThat(call("StartUnit", "a.service", "replace").error())
        .isEqualTo("org.freedesktop.DBus.Error.LimitsExceeded");
    manager.take();
    for (String mode : List.of("", "x", "REPLACE")) {
      assertThat(call("StartUnit", "a.service", mode).error()).endsWith(".InvalidArgs");
    }
    assertThat(call("StartUnit", "a", "replace").error()).endsWith(".InvalidArgs");
    assertThat(manager.take()).isEmpty();
  }

  @Test
  void getUnitLoadsNothingAndLoadUnitNeverFails() {
    assertThat(call("GetUnit", "a.service").outcome())
        .isEqualTo("org.freedesktop.systemd1.NoSuchUnit: Unit a.service not loaded.");
    assertThat(call("LoadUnit", "a.service").outcome())
        .isEqualTo("[/org/freedesktop/systemd1/unit/a_2eservice]");
    assertThat(call("GetUnit", "a.service").outcome())
        .isEqualTo("[/org/freedesktop/systemd1/unit/a_2eservice]");
    assertThat(call("LoadUnit", "a@.service").error()).endsWith(".InvalidArgs");
    assertThat(call("LoadUnit", "nonsense").error()).endsWith(".InvalidArgs");
  }

  @Test
  void aProcessLeadsToItsUnit() {
    load(NAME);
    file().become(ActiveState.ACTIVE, "running");
    file().mainPid = 99;
    assertThat(call("GetUnitByPID", new UInt32(99)).outcome()).contains("a_2eservice");
    file().mainPid = 4711;
    assertThat(call("GetUnitByPID", new UInt32(0)).outcome()).contains("a_2eservice");
    assertThat(call("GetUnitByPID", new UInt32(5)).error()).endsWith(".NoUnitForPID");
    assertThat(call("GetUnitByPID", new UInt32(0x8000_0000L)).error()).endsWith(".InvalidArgs");
  }

  @Test
  void anEmptyNameIsTheUnitOfTheCaller() {
    assertThat(call("GetUnit", "").outcome())
        .isEqualTo("org.freedesktop.systemd1.NoSuchUnit: Client not member of any unit.");
    var scope = UnitName.of("s.scope");
    load(scope);
    var unit = Objects.requireNonNull(manager.files.get(scope));
    unit.become(ActiveState.ACTIVE, "running");
    unit.pids.add(4711);
    assertThat(call("GetUnit", "").outcome()).contains("s_2escope");
    assertThat(call("GetUnitProcesses", "").outcome()).contains("p4711");
    load(NAME);
    file().become(ActiveState.ACTIVE, "running");
    file().mainPid = 4711;
    assertThat(call("GetUnitByPID", new UInt32(0)).outcome())
        .as("a scope has taken the process of a service")
        .contains("s_2escope");
  }

  @Test
  void unitsAreListedByStateAndPattern() {
    load(NAME);
    load(UnitName.of("b.service"));
    load(UnitName.of("c.target"));
    file().become(ActiveState.FAILED, "failed");
    assertThat((List<?>) call("ListUnits").value()).hasSize(3);
    assertThat((List<?>) call("ListUnitsFiltered", List.of("failed")).value()).hasSize(1);
    var some = call("ListUnitsByPatterns", List.of(), List.of("*.service"));
    assertThat((List<?>) some.value()).hasSize(2);
    assertThat(some.outcome()).contains("a.service", "loaded", "failed", "b.service");
    assertThat((List<?>) call("ListUnitsByNames", List.of("d.service", "nonsense")).value())
        .hasSize(1);
    assertThat((List<?>) call("ListUnits").value()).hasSize(4);
  }

  @Test
  void jobsAreListedAndCancelled() {
    call("StartUnit", "a.service", "replace");
    assertThat(call("ListJobs").outcome()).contains("a.service", "start", "waiting", "/job/1");
    assertThat(call("GetJob", new UInt32(1)).outcome()).isEqualTo(JOB);
    assertThat(call("CancelJob", new UInt32(1)).outcome()).isEqualTo("[]");
    assertThat(call("CancelJob", new UInt32(1)).error()).endsWith(".NoSuchJob");
    assertThat(call("GetJob", new UInt32(1)).error()).endsWith(".NoSuchJob");
  }

  @Test
  void transientUnitsAreMadeAndStarted() {
    var command = new Object[] {"/bin/true", List.of("/bin/true"), false};
    var properties =
        rows(property("ExecStart", "a(sasb)", rows(command)), property("AddRef", "b", true));
    assertThat(call("StartTransientUnit", "t.service", "fail", properties, List.of()).outcome())
        .isEqualTo(JOB);
    assertThat(manager.take())
        .containsExactly(
            "transient t.service: [Service]|ExecStart=\"/bin/true\"|",
            "hold t.service",
            "start t.service fail");
    manager.refuseNext(new Refusal.Exists(NAME));
    assertThat(call("StartTransientUnit", "a.service", "fail", properties, List.of()).error())
        .endsWith(".UnitExists");
    assertThat(call("StartTransientUnit", "t.mount", "fail", List.of(), List.of()).error())
        .endsWith(".InvalidArgs");
    assertThat(call("StartTransientUnit", "t.scope", "fail", List.of(), List.of()).error())
        .endsWith(".InvalidArgs");
    assertThat(
            call(
                    "StartTransientUnit",
                    "u.service",
                    "fail",
                    rows(property("Nonsense", "s", "x")),
                    List.of())
                .error())
        .endsWith(".PropertyReadOnly");
  }

  @Test
  void socketsAndPathUnitsAreMadeBesideTheirServices() {
    var command = new Object[] {"/bin/true", List.of("/bin/true"), false};
    var service =
        rows(new Object[] {"r.service", rows(property("ExecStart", "a(sasb)", rows(command)))});
    var listen = property("Listen", "a(ss)", rows(new Object[] {"Stream", "/tmp/r"}));
    assertThat(call("StartTransientUnit", "r.socket", "fail", rows(listen), service).outcome())
        .isEqualTo(JOB);
    var paths = property("Paths", "a(ss)", rows(new Object[] {"PathExists", "/tmp/r"}));
    assertThat(call("StartTransientUnit", "p.path", "fail", rows(paths), List.of()).outcome())
        .isEqualTo("[/org/freedesktop/systemd1/job/2]");
    assertThat(manager.take())
        .contains(
            "transient r.socket: [Socket]|ListenStream=/tmp/r|",
            "transient p.path: [Path]|PathExists=/tmp/r|");
  }

  @Test
  void aWrongValueIsRefusedAtOnce() {
    for (var wrong :
        List.of(
            property("Type", "s", "nonsense"),
            property("StandardInput", "s", "tty"),
            property("Environment", "as", List.of("A")),
            property("After", "as", List.of("nonsense")))) {
      assertThat(call("StartTransientUnit", "t.service", "fail", rows(wrong), List.of()).outcome())
          .startsWith("org.freedesktop.DBus.Error.InvalidArgs: Invalid value: " + wrong[0] + "=");
    }
    assertThat(manager.take()).isEmpty();
  }

  @Test
  void aServiceIsGivenItsStreamsAndOthersTakeNone() {
    var scope = manager.add(Unit.of(UnitName.of("s.scope"), LoadState.LOADED));
    manager.add(Unit.of(NAME, LoadState.LOADED));
    var gift = new Gift(List.of(7), new GivenStreams(70, -1, 71), false);
    var call = BusFakes.made("ListUnits");
    var holds = desk.running().ground().holds();
    gift.hand(scope, holds, call);
    assertThat(gift.left().all()).containsExactly(70, 71);
    gift.hand(file(), holds, call);
    assertThat(gift.left().all()).isEmpty();
    assertThat(file().told).containsExactly("give [70, 71]");
    assertThat(scope.told).containsExactly("attach [7]");
  }

  private static List<Object> rows(Object[]... rows) {
    return new ArrayList<>(List.of(rows));
  }

  private static Object[] property(String name, String signature, Object value) {
    return new Object[] {name, new Variant<>(value, signature)};
  }

  @Test
  void aScopeTakesItsProcessesBeforeItStarts() {
    var name = UnitName.of("s.scope");
    var scope = manager.add(Unit.of(name, LoadState.LOADED));
    var pids = rows(property("PIDs", "au", List.of(new UInt32(0), new UInt32(7))));
    assertThat(call("StartTransientUnit", "s.scope", "fail", pids, List.of()).outcome())
        .isEqualTo(JOB);
    assertThat(scope.told).containsExactly("attach [4711, 7]");
    var gone = rows(property("PIDs", "au", List.of(new UInt32(BusFakes.GONE))));
    assertThat(call("StartTransientUnit", "g.scope", "fail", gone, List.of()).outcome())
        .contains("UnixProcessIdUnknown: Process with ID " + BusFakes.GONE + " does not exist.");
  }

  @Test
  void noScopeTakesTheDaemon() {
    var own = List.of(new UInt32(7), new UInt32(BusFakes.MANAGER));
    var pids = rows(property("PIDs", "au", own));
    assertThat(call("StartTransientUnit", "g.scope", "fail", pids, List.of()).error())
        .endsWith(".InvalidArgs");
    var scope = manager.add(Unit.of(UnitName.of("s.scope"), LoadState.LOADED));
    scope.become(ActiveState.ACTIVE, "running");
    manager.load(scope.unit().id());
    assertThat(call("AttachProcessesToUnit", "s.scope", "", own).error()).endsWith(".InvalidArgs");
    assertThat(scope.told).isEmpty();
  }

  @Test
  void singleUnitsAreKilledResetAndKept() {
    load(NAME);
    assertThat(call("KillUnit", "a.service", "all", 15).outcome()).isEqualTo("[]");
    assertThat(call("KillUnit", "b.service", "all", 15).error()).endsWith(".NoSuchUnit");
    call("ResetFailedUnit", "a.service");
    call("ResetFailed");
    call("RefUnit", "a.service");
    call("Reload");
    assertThat(manager.take())
        .containsExactly("reset a.service", "reset all", "hold a.service", "reload");
    assertThat(call("UnrefUnit", "a.service").error())
        .as("others hold it")
        .contains("NotReferenced");
  }
}
