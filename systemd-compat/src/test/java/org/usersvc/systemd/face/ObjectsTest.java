package org.usersvc.systemd.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.freedesktop.dbus.types.UInt64;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.daemon.wire.FakeLink;
import org.usersvc.systemd.engine.Controller.Killed;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Unit;

/** The objects of units and jobs. */
final class ObjectsTest {
  private static final UnitName NAME = UnitName.of("a.service");

  private final FakeManager manager = new FakeManager();
  private final FakeUnit unit = manager.add(Unit.of(NAME, LoadState.LOADED));
  private final UnitObjects objects =
      new UnitObjects(
          new Ground(
              manager,
              _ -> "enabled",
              new Members(
                  manager, taker -> taker.accept(new ProcessTable(Map.of())), _ -> "", _ -> false),
              new Holds(manager),
              new Stamps.Stamp(Instant.EPOCH, 0)));

  private Served find(String element, String type) {
    return Objects.requireNonNull(objects.units().find(element)).stream()
        .filter(served -> served.type().name().endsWith("." + type))
        .findFirst()
        .orElseThrow();
  }

  private FakeCall call(Served object, String member, Object... arguments) {
    var method = Objects.requireNonNull(object.type().methods().get(member));
    var call = new FakeCall(new FakeLink(), "/", member, method.in(), arguments);
    object.call(call);
    return call;
  }

  private List<Served> findFor(int caller) {
    var found = new ArrayList<Served>();
    var call = new FakeCall(new FakeLink("unix:path=/a", caller), "/", "Get", "");
    objects
        .units()
        .find(
            "self",
            call,
            object -> {
              if (object != null) {
                found.addAll(object);
              }
            });
    return found;
  }

  @Test
  void whoAsksForItselfGetsItsOwnUnit() {
    assertThat(findFor(12)).as("of a process that no unit has").isEmpty();
    manager.load(NAME);
    unit.become(ActiveState.ACTIVE, "running");
    unit.mainPid = 12;
    assertThat(findFor(12).getFirst().value("Id")).isEqualTo("a.service");
    assertThat(findFor(13)).isEmpty();
  }

  @Test
  void everyByteThatIsNoLetterIsEscapedInAPath() {
    assertThat(ObjectPaths.of(NAME).getPath())
        .isEqualTo("/org/freedesktop/systemd1/unit/a_2eservice");
    for (String name : List.of("0a@b-c\\x2d.service", "dbus-:1.2-org.x@0.service", "_.target")) {
      String element = ObjectPaths.element(name);
      assertThat(element).matches("[A-Za-z0-9_]+");
      assertThat(ObjectPaths.unit(element)).contains(UnitName.of(name));
    }
    for (String wrong :
        List.of("a", "a_2", "a_zzservice", "", "a_2fb_2eservice", "_40_2eservice")) {
      assertThat(ObjectPaths.unit(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void everyValueHasItsType() {
    for (String type :
        List.of("service", "target", "socket", "timer", "path", "slice", "scope", "mount")) {
      var found = Objects.requireNonNull(objects.units().find("b_2e" + type));
      assertThat(found.getFirst().type().name()).isEqualTo("org.freedesktop.systemd1.Unit");
      for (var served : found) {
        new FakeCall("/", "Any", "a{sv}", served.variants()); // goes through the codec
        assertThat(served.variants()).hasSameSizeAs(served.type().properties());
      }
    }
  }

  @Test
  void aUnitTellsItsState() {
    unit.become(ActiveState.ACTIVE, "running");
    unit.mainPid = 12;
    var own = find("a_2eservice", "Unit");
    assertThat(own.value("Id")).isEqualTo("a.service");
    assertThat(own.value("ActiveState")).isEqualTo("active");
    assertThat(own.value("SubState")).isEqualTo("running");
    assertThat(own.value("UnitFileState")).isEqualTo("enabled");
    assertThat(own.value("WantedBy")).isEqualTo(List.of("W.target"));
    assertThat((byte[]) own.value("InvocationID")).hasSize(16);
    var service = find("a_2eservice", "Service");
    assertThat(service.value("MainPID")).isEqualTo(12);
    assertThat(service.value("Result")).isEqualTo("exit-code");
    assertThat(service.value("ExecMainCode")).isEqualTo(1);
    assertThat(service.value("ExecMainStatus")).isEqualTo(4);
    assertThat(service.value("ExecMainStartTimestamp")).isEqualTo(new UInt64(7_000_000L));
    assertThat(service.value("ExecMainStartTimestampMonotonic")).isEqualTo(new UInt64(9_000L));
  }

  @Test
  void aUnitThatHasNoFileIsThereToo() {
    var own = find("none_2eservice", "Unit");
    assertThat(own.value("LoadState")).isEqualTo("not-found");
    assertThat((Object[]) own.value("LoadError"))
        .containsExactly("org.freedesktop.systemd1.NoSuchUnit", "Unit none.service not found.");
    assertThat(objects.units().find("a_40_2eservice")).as("a template").isNull();
    assertThat(objects.units().find("nonsense")).isNull();
  }

  @Test
  void methodsForJobsAreAskedOfTheManager() {
    var own = find("a_2eservice", "Unit");
    assertThat(call(own, "Start", "replace").outcome())
        .isEqualTo("[/org/freedesktop/systemd1/job/1]");
    assertThat(call(own, "ReloadOrTryRestart", "fail").error()).isEmpty();
    assertThat(call(own, "Stop", "nonsense").error()).endsWith(".InvalidArgs");
    call(own, "ResetFailed");
    assertThat(manager.take())
        .containsExactly("start a.service replace", "try-reload a.service fail", "reset a.service");
  }

  @Test
  void killTellsWhenThereIsNoProcess() {
    var own = find("a_2eservice", "Unit");
    assertThat(call(own, "Kill", "all", 15).outcome()).isEqualTo("[]");
    assertThat(unit.told).containsExactly("kill ALL TERM");
    assertThat(call(own, "Kill", "some", 15).error()).endsWith(".InvalidArgs");
    assertThat(call(own, "Kill", "main", 0).error()).endsWith(".InvalidArgs");
    unit.killed = Killed.NO_SUCH_PROCESS;
    assertThat(call(own, "Kill", "main", 15).error()).endsWith("systemd1.NoSuchProcess");
    assertThat(call(own, "Kill", "all", 15).outcome()).isEqualTo("[]");
    assertThat(call(own, "Kill", "all-fail", 15).error()).endsWith("systemd1.NoSuchProcess");
  }

  @Test
  void aCallerThatLeavesKeepsNoUnit() {
    var own = find("a_2eservice", "Unit");
    assertThat(call(own, "Unref").error()).endsWith(".NotReferenced");
    var link = new FakeLink();
    own.call(new FakeCall(link, "/", "Ref", ""));
    own.call(new FakeCall(link, "/", "Ref", ""));
    own.call(new FakeCall(link, "/", "Unref", ""));
    assertThat(manager.take())
        .containsExactly("hold a.service", "hold a.service", "release a.service");
    link.leave(":1.7");
    assertThat(manager.take()).containsExactly("release a.service");
    var again = new FakeCall(link, "/", "Unref", "");
    own.call(again);
    assertThat(again.error()).endsWith(".NotReferenced");
  }

  @Test
  void aScopeCanBeAbandonedWhileItIsActive() {
    var scope = manager.add(Unit.of(UnitName.of("s.scope"), LoadState.LOADED));
    var own = find("s_2escope", "Scope");
    assertThat(call(own, "Abandon").error()).endsWith(".ScopeNotRunning");
    scope.become(ActiveState.ACTIVE, "running");
    assertThat(call(own, "Abandon").outcome()).isEqualTo("[]");
    assertThat(scope.told).containsExactly("abandon");
  }

  @Test
  void aJobIsThereUntilItEnds() {
    manager.ask(JobType.START, NAME, JobMode.REPLACE);
    assertThat(objects.jobs().elements()).containsExactly("1");
    var job = Objects.requireNonNull(objects.jobs().find("1"));
    assertThat(job.getFirst().value("JobType")).isEqualTo("start");
    assertThat(job.getFirst().value("State")).isEqualTo("waiting");
    assertThat(call(job.getFirst(), "Cancel").outcome()).isEqualTo("[]");
    assertThat(objects.jobs().find("1")).isNull();
    assertThat(objects.jobs().find("x")).isNull();
    assertThat(call(job.getFirst(), "Cancel").error()).endsWith(".NoSuchJob");
  }

  @Test
  void typesOfASignatureAreSplit() {
    assertThat(Types.each("ssa(sv)a(sa(sv))aasa{sv}u"))
        .containsExactly("s", "s", "a(sv)", "a(sa(sv))", "aas", "a{sv}", "u");
  }
}
