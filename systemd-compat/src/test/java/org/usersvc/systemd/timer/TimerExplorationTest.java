package org.usersvc.systemd.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.timer.TimerState.Phase;
import org.usersvc.systemd.unit.TimerSettings.Base;

/** Every state of timers that can be reached while the clocks stand still or go on a little. */
final class TimerExplorationTest {
  private static final List<TimerEvent> EVENTS =
      List.of(
          new TimerEvent.StartAsked(false, Optional.empty()),
          new TimerEvent.StartAsked(false, Optional.of(FakeSituation.BEGIN.minusSeconds(9000))),
          new TimerEvent.StartAsked(true, Optional.empty()),
          new TimerEvent.StartLimited(),
          new TimerEvent.StopAsked(),
          new TimerEvent.ResetFailed(),
          new TimerEvent.Due(),
          new TimerEvent.ClockSet(),
          new TimerEvent.ZoneChanged(),
          new TimerEvent.TriggerRefused(),
          new TimerEvent.UnitChanged(true),
          new TimerEvent.UnitChanged(false),
          new TimerEvent.Reread());

  /** A state, and what those who perform the effects know. */
  private record Node(TimerState state, boolean waits) {}

  private static List<TimerRules> all() {
    var all = new ArrayList<TimerRules>();
    for (boolean flag : new boolean[] {true, false}) {
      all.add(rules(flag, false, FakeSituation.after(Base.ACTIVE, 1)));
      all.add(rules(false, flag, FakeSituation.after(Base.BOOT, 1)));
      all.add(rules(false, flag, FakeSituation.after(Base.UNIT_ACTIVE, 1)));
      all.add(rules(flag, true, FakeSituation.calendar("hourly")));
      all.add(
          rules(
              false, flag, FakeSituation.calendar("2001-1-1"), FakeSituation.after(Base.BOOT, 9)));
    }
    return all;
  }

  private static TimerRules rules(boolean onChanges, boolean remains, TimerRules.Occasion... all) {
    return new TimerRules(List.of(all), onChanges, onChanges, remains);
  }

  private static List<Situation> worlds() {
    var later = new FakeSituation();
    later.pass(7200);
    later.ran(10);
    return List.of(new FakeSituation().now(), later.now());
  }

  @Test
  void holdsItsInvariants() {
    int seen = 0;
    for (var rules : all()) {
      seen += explore(rules);
    }
    assertThat(seen).isGreaterThan(100);
  }

  private static int explore(TimerRules rules) {
    var first = new Node(TimerState.INITIAL, false);
    Set<Node> seen = new LinkedHashSet<>(Set.of(first));
    var queue = new ArrayDeque<>(seen);
    while (!queue.isEmpty()) {
      var node = queue.remove();
      for (var event : EVENTS) {
        for (var world : worlds()) {
          var step = TimerMachine.step(node.state(), event, rules, world);
          var next = new Node(step.next(), check(node, event, step));
          if (seen.add(next)) {
            queue.add(next);
          }
        }
      }
    }
    return seen.size();
  }

  private static boolean isDown(TimerState state) {
    return !state.phase().active().isActive();
  }

  /** Whether it waits after that. */
  private static boolean check(Node before, TimerEvent event, Transition step) {
    boolean waits = before.waits();
    int answers = 0;
    var phase = before.state().phase();
    for (var effect : step.effects()) {
      switch (effect) {
        case TimerEffect.Await(var plan) -> {
          waits = true;
          assertThat(plan).isEqualTo(step.next().plan());
        }
        case TimerEffect.Disarm _ -> waits = false;
        case TimerEffect.Trigger _ -> assertThat(phase).isEqualTo(Phase.RUNNING);
        case TimerEffect.Remember _ -> {}
        case TimerEffect.Entered(var entered) -> {
          assertThat(entered).isNotEqualTo(phase);
          phase = entered;
        }
        case TimerEffect.Finished _ -> answers++;
      }
    }
    String what = before + " --" + event + "--> " + step;
    boolean isRequest =
        event instanceof TimerEvent.StartAsked
            || event instanceof TimerEvent.StopAsked
            || (event instanceof TimerEvent.StartLimited && isDown(before.state()));
    boolean runs = phase == Phase.RUNNING && before.state().phase() != Phase.RUNNING;
    assertThat(phase).as(what).isEqualTo(step.next().phase());
    assertThat(waits).as(what).isEqualTo(phase == Phase.WAITING);
    assertThat(answers).as(what).isEqualTo(isRequest ? 1 : 0);
    assertThat(step.effects().contains(new TimerEffect.Trigger())).as(what).isEqualTo(runs);
    return waits;
  }
}
