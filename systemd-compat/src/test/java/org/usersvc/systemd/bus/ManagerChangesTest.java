package org.usersvc.systemd.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.systemd.exec.ExecDirectory.Kind;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.face.FakeUnit;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Unit;

/** What the manager does besides starting, stopping and listing. */
final class ManagerChangesTest {
  private static final UnitName NAME = UnitName.of("a.service");

  private final FakeManager manager = new FakeManager();
  private final Desk desk = BusFakes.desk(manager);

  @BeforeEach
  void load() {
    manager.add(Unit.of(NAME, LoadState.LOADED));
    manager.load(NAME);
  }

  private FakeUnit unit() {
    return Objects.requireNonNull(manager.files.get(NAME));
  }

  private FakeCall call(String member, Object... arguments) {
    return BusFakes.call(desk, member, arguments);
  }

  private static List<Object> property(String name, String signature, Object value) {
    var rows = new ArrayList<Object>();
    rows.add(new Object[] {name, new Variant<>(value, signature)});
    return rows;
  }

  @Test
  void aJobOfAnyTypeIsEnqueued() {
    var asked = call("EnqueueUnitJob", "a.service", "verify-active", "fail");
    assertThat(asked.outcome())
        .startsWith("[1, /org/freedesktop/systemd1/job/1, a.service, ")
        .contains("a_2eservice, verify-active, [");
    call("EnqueueUnitJob", "a.service", "reload-or-restart", "replace");
    assertThat(manager.take())
        .containsExactly("verify-active a.service fail", "reload-or-start a.service replace");
    assertThat(call("EnqueueUnitJob", "a.service", "no-such", "fail").error())
        .endsWith(".InvalidArgs");
    assertThat(call("EnqueueUnitJob", "a.service", "start", "no-such").error())
        .endsWith(".InvalidArgs");
    manager.refuseNext(new Refusal.NoIsolation(NAME));
    assertThat(call("EnqueueUnitJob", "a.service", "start", "isolate").error())
        .endsWith(".NoIsolation");
  }

  @Test
  void aStartTakesThePlaceOfAStartOnly() {
    assertThat(call("StartUnitReplace", "a.service", "b.service", "replace").error())
        .endsWith(".NoSuchJob");
    call("StartUnit", "a.service", "replace");
    assertThat(call("StartUnitReplace", "a.service", "b.service", "replace").error()).isEmpty();
    assertThat(manager.take())
        .containsExactly("start a.service replace", "start b.service replace");
    assertThat(call("StartUnitWithFlags", "a.service", "replace", new UInt64(1)).error())
        .endsWith(".InvalidArgs");
    assertThat(call("StartUnitWithFlags", "a.service", "fail", new UInt64(0)).error()).isEmpty();
  }

  @Test
  void whatAJobWaitsForIsListed() {
    call("StartUnit", "a.service", "replace");
    call("StartUnit", "b.service", "replace");
    assertThat(call("GetJobBefore", new UInt32(2)).outcome()).contains("a.service");
    assertThat(call("GetJobAfter", new UInt32(1)).outcome()).contains("b.service");
    assertThat(call("GetJobAfter", new UInt32(9)).error()).endsWith(".NoSuchJob");
  }

  @Test
  void onlyWhatALoadedUnitCanTakeIsSet() {
    var text = property("Description", "s", "50%");
    assertThat(call("SetUnitProperties", "a.service", true, text).outcome()).isEqualTo("[]");
    assertThat(manager.take()).containsExactly("Description true: [Unit]\nDescription=50%%\n");
    var weight = property("CPUWeight", "t", new UInt64(50));
    assertThat(call("SetUnitProperties", "a.service", false, weight).outcome()).isEqualTo("[]");
    for (String other : List.of("Nice", "Type", "NoSuch")) {
      var value = property(other, "s", "1");
      assertThat(call("SetUnitProperties", "a.service", false, value).error())
          .as(other)
          .endsWith(".PropertyReadOnly");
    }
    assertThat(call("SetUnitProperties", "no-such.service", false, text).error())
        .endsWith(".NoSuchUnit");
    assertThat(manager.take()).isEmpty();
  }

  @Test
  void onlyAUnitThatIsDownIsCleaned() {
    assertThat(call("CleanUnit", "a.service", List.of("cache")).error())
        .endsWith(".NothingToClean");
    assertThat(call("CleanUnit", "a.service", List.of("dishes")).error()).endsWith(".InvalidArgs");
    assertThat(call("CleanUnit", "a.scope", List.of("all")).error()).endsWith(".NotSupported");
    unit().become(ActiveState.ACTIVE, "running");
    assertThat(call("CleanUnit", "a.service", List.of("all")).error()).endsWith(".UnitBusy");
    unit().become(ActiveState.FAILED, "failed");
    unit().cleanable.add(Kind.CACHE);
    assertThat(call("CleanUnit", "a.service", List.of("all")).outcome()).isEqualTo("[]");
    assertThat(unit().told).containsExactly("clean [CACHE]");
  }

  @Test
  void whatTakesControlGroupsOrRealTimeSignalsIsRefused() {
    assertThat(call("FreezeUnit", "a.service").error()).endsWith(".NotSupported");
    assertThat(call("ThawUnit", "a.service").error()).endsWith(".NotSupported");
    assertThat(call("FreezeUnit", "b.service").error()).endsWith(".NoSuchUnit");
    assertThat(call("QueueSignalUnit", "a.service", "all", 15, 1).error()).endsWith(".InvalidArgs");
    assertThat(call("GetUnitByControlGroup", "/a").error()).endsWith(".NoSuchUnit");
  }

  @Test
  void aRunLeadsToItsUnit() {
    var id = HexFormat.of().parseHex(unit().invocation());
    assertThat(call("GetUnitByInvocationID", id).outcome()).contains("a_2eservice");
    var other = HexFormat.of().parseHex("0011".repeat(8));
    assertThat(call("GetUnitByInvocationID", other).error()).endsWith(".NoUnitForInvocationID");
    assertThat(call("GetUnitByInvocationID", new byte[3]).error()).endsWith(".InvalidArgs");
    assertThat(call("GetUnitByInvocationID", new byte[16]).error()).endsWith(".NoSuchUnit");
    unit().become(ActiveState.ACTIVE, "running");
    unit().mainPid = 4711;
    assertThat(call("GetUnitByInvocationID", new byte[0]).outcome()).contains("a_2eservice");
    assertThat(call("GetUnitByInvocationID", new byte[16]).outcome()).contains("a_2eservice");
  }

  @Test
  void theDumpHasUnitsAndJobs() {
    call("StartUnit", "a.service", "replace");
    assertThat(call("Dump").outcome())
        .contains("-> Unit a.service:", "-> Job 1:", "a.service -> start");
  }
}
