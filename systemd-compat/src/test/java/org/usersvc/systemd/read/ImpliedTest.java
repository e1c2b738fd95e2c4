package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.systemd.read.Made.name;
import static org.usersvc.systemd.read.Made.names;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Unit;

final class ImpliedTest {
  @Test
  void serviceNeedsTheBasicTargetAndEndsBeforeShutdown() {
    var unit = Made.service().unit();
    assertThat(unit.dependencies(Relation.REQUIRES))
        .containsExactlyInAnyOrderElementsOf(names("basic.target", "app.slice"));
    assertThat(unit.dependencies(Relation.AFTER))
        .containsExactlyInAnyOrderElementsOf(names("basic.target", "app.slice"));
    assertThat(unit.dependencies(Relation.CONFLICTS)).containsExactly(name("shutdown.target"));
    assertThat(unit.dependencies(Relation.BEFORE)).containsExactly(name("shutdown.target"));
  }

  @Test
  void withoutDefaultsOnlyTheSliceIsLeft() {
    var unit =
        Made.of("a.service", "[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/a\n")
            .unit();
    assertThat(unit.dependencies())
        .containsOnlyKeys(Relation.SLICE, Relation.REQUIRES, Relation.AFTER);
    assertThat(unit.dependencies(Relation.REQUIRES)).containsExactly(name("app.slice"));
  }

  @Test
  void dbusServiceNeedsTheBus() {
    var unit =
        Made.of(
                "a.service",
                """
                [Unit]
                DefaultDependencies=no
                [Service]
                ExecStart=/bin/a
                BusName=org.x
                """)
            .unit();
    assertThat(unit.dependencies(Relation.REQUIRES)).contains(name("dbus.socket"));
    assertThat(unit.dependencies(Relation.AFTER)).contains(name("dbus.socket"));
  }

  @Test
  void socketIsBeforeItsServiceAndTriggersIt() {
    var unit = Made.socket("Service=b.service").unit();
    assertThat(unit.dependencies(Relation.TRIGGERS)).containsExactly(name("b.service"));
    assertThat(unit.dependencies(Relation.BEFORE))
        .containsExactlyInAnyOrderElementsOf(
            names("b.service", "sockets.target", "shutdown.target"));
    assertThat(unit.dependencies(Relation.REQUIRES)).containsExactly(name("app.slice"));
  }

  @Test
  void acceptingSocketTriggersNoTemplate() {
    var unit = Made.socket("Accept=yes").unit();
    assertThat(unit.dependencies(Relation.TRIGGERS)).isEmpty();
    assertThat(unit.dependencies(Relation.BEFORE)).doesNotContain(name("a@.service"));
  }

  @Test
  void timersAndPathsAreBeforeTheirUnitAndTarget() {
    var timer = Made.of("a.timer", "[Timer]\nOnBootSec=1\n").unit();
    assertThat(timer.dependencies(Relation.TRIGGERS)).containsExactly(name("a.service"));
    assertThat(timer.dependencies(Relation.BEFORE))
        .containsExactlyInAnyOrderElementsOf(
            names("a.service", "timers.target", "shutdown.target"));
    assertThat(timer.dependencies(Relation.SLICE)).isEmpty();
    var path = Made.of("a.path", "[Path]\nPathExists=/x\nUnit=b.target\n").unit();
    assertThat(path.dependencies(Relation.TRIGGERS)).containsExactly(name("b.target"));
    assertThat(path.dependencies(Relation.BEFORE))
        .containsExactlyInAnyOrderElementsOf(names("b.target", "paths.target", "shutdown.target"));
  }

  @Test
  void writtenSliceIsUsedAndTheLastOne() {
    var unit = Made.service("Slice=x.slice", "Slice=session.slice").unit();
    assertThat(unit.dependencies(Relation.SLICE)).containsExactly(name("session.slice"));
    assertThat(unit.dependencies(Relation.AFTER)).contains(name("session.slice"));
    assertThat(Made.service("Slice=x.service").unit().dependencies(Relation.SLICE))
        .containsExactly(name("app.slice"));
  }

  @Test
  void instancesShareASliceOfTheirTemplate() {
    var unit = Made.of("a-b@1.service", "[Service]\nExecStart=/bin/a\n").unit();
    assertThat(unit.dependencies(Relation.SLICE)).containsExactly(name("app-a\\x2db.slice"));
  }

  @Test
  void sliceIsInItsParent() {
    var slice = Made.of("a-b.slice", "").unit();
    assertThat(slice.dependencies(Relation.SLICE)).containsExactly(name("a.slice"));
    assertThat(slice.dependencies(Relation.REQUIRES)).containsExactly(name("a.slice"));
    assertThat(Made.of("a.slice", "").unit().dependencies(Relation.SLICE))
        .containsExactly(name("-.slice"));
    assertThat(Made.of("-.slice", "").unit().dependencies(Relation.SLICE)).isEmpty();
  }

  @Test
  void scopeAndTargetEndBeforeShutdown() {
    for (String name : new String[] {"a.scope", "a.target"}) {
      var unit = Made.of(name, "").unit();
      assertThat(unit.dependencies(Relation.CONFLICTS)).containsExactly(name("shutdown.target"));
      assertThat(unit.dependencies(Relation.REQUIRES)).doesNotContain(name("basic.target"));
    }
    assertThat(Made.of("shutdown.target", "").unit().dependencies()).isEmpty();
    assertThat(Made.of("-.slice", "").unit().dependencies()).isEmpty();
  }

  private static Set<UnitName> order(Unit target, Unit... others) {
    return Stream.of(others)
        .filter(other -> Implied.waits(target, other))
        .map(Unit::id)
        .collect(Collectors.toSet());
  }

  @Test
  void targetWaitsForWhatItPullsIn() {
    var target = Made.target("Wants=b.target x.target", "Requires=c.target").unit();
    assertThat(order(target, Made.of("b.target", "").unit(), Made.of("c.target", "").unit()))
        .containsExactlyInAnyOrderElementsOf(names("b.target", "c.target"));
  }

  @Test
  void targetWaitsForNothingIfOneDoesWithoutDefaults() {
    var lone = Made.of("b.target", "[Unit]\nDefaultDependencies=no\n").unit();
    assertThat(order(Made.target("Wants=b.target").unit(), lone)).isEmpty();
    assertThat(
            order(
                Made.target("Wants=b.target", "DefaultDependencies=no").unit(),
                Made.of("b.target", "").unit()))
        .isEmpty();
  }

  @Test
  void targetsOwnBeforeGoesFirst() {
    var plain = Made.of("b.target", "").unit();
    assertThat(order(Made.target("Wants=b.target", "Before=b.target").unit(), plain)).isEmpty();
    var after = Made.of("b.target", "[Unit]\nAfter=a.target\n").unit();
    assertThat(order(Made.target("Wants=b.target").unit(), after)).isEmpty();
  }

  @Test
  void serviceDoesNotWaitForWhatItWants() {
    var service =
        Made.of("a.service", "[Unit]\nWants=b.target\n[Service]\nExecStart=/bin/a\n").unit();
    assertThat(order(service, Made.of("b.target", "").unit())).isEmpty();
  }

  @Test
  void linksAreDependenciesToo() {
    var id = name("a.target");
    var input =
        new UnitMaker.Input(
            id, Set.of(id), null, List.of(), Map.of(Relation.WANTS, Set.of(name("b.service"))));
    var unit = UnitMaker.make(input, _ -> Optional.empty()).unit();
    assertThat(unit.dependencies(Relation.WANTS)).containsExactly(name("b.service"));
  }
}
