package org.usersvc.systemd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.record.ServiceStateText;
import org.usersvc.systemd.service.Exploration.Node;
import org.usersvc.systemd.unit.MainProcessSettings.ExitType;
import org.usersvc.systemd.unit.NotifySettings.Access;
import org.usersvc.systemd.unit.RestartSettings.Mode;
import org.usersvc.systemd.unit.RestartSettings.When;
import org.usersvc.systemd.unit.ServiceTimeouts.FailureMode;
import org.usersvc.systemd.unit.ServiceType;

/** Every reachable state of services of many kinds, with every event that can happen there. */
final class ServiceExplorationTest {
  private static final Set<ExecStep> ALL =
      EnumSet.complementOf(EnumSet.of(ExecStep.STOP_PRE, ExecStep.START));
  private static final Set<ExecStep> STOPS = EnumSet.of(ExecStep.STOP, ExecStep.STOP_POST);
  private static final Set<ExecStep> RELOADS = EnumSet.of(ExecStep.RELOAD, ExecStep.RELOAD_POST);
  private static final Duration LONG = Duration.ofHours(1);

  private static final Exploration EXPLORED = Exploration.of(rules());

  private static List<ServiceRules> rules() {
    var all = new ArrayList<UnitRules>();
    for (var type : ServiceType.values()) {
      all.add(UnitRules.of(type).restart(When.ON_FAILURE, Mode.NORMAL));
    }
    all.add(UnitRules.of(ServiceType.SIMPLE).withAll(ALL).restart(When.ON_FAILURE, Mode.NORMAL));
    all.add(UnitRules.of(ServiceType.NOTIFY_RELOAD).withAll(RELOADS));
    var pair = UnitRules.of(ServiceType.ONESHOT).withAll(ALL).with(ExecStep.START, "a", "-b");
    all.add(pair.remains().with(ExecStep.STOP, "c", "-d"));
    all.add(UnitRules.of(ServiceType.FORKING).main(ExitType.MAIN, false, "/run/pid").withAll(ALL));
    all.add(UnitRules.of(ServiceType.FORKING).main(ExitType.MAIN, false, "/run/pid"));
    all.add(
        UnitRules.of(ServiceType.NOTIFY)
            .bounded(LONG, LONG)
            .restart(When.ALWAYS, Mode.DIRECT)
            .with(ExecStep.START_POST, "post"));
    all.add(UnitRules.of(ServiceType.NOTIFY).remains().access(Access.ALL));
    all.add(UnitRules.of(ServiceType.NOTIFY_RELOAD).bounded(LONG, LONG));
    all.add(UnitRules.of(ServiceType.SIMPLE).main(ExitType.CGROUP, false, "").withAll(STOPS));
    all.add(UnitRules.of(ServiceType.SIMPLE).remains().with(ExecStep.STOP, "stop"));
    for (var mode : KillSettings.Mode.values()) {
      for (boolean last : new boolean[] {true, false}) {
        all.add(UnitRules.of(ServiceType.SIMPLE).withAll(STOPS).kill(mode, true, last));
      }
    }
    for (var mode : FailureMode.values()) {
      all.add(UnitRules.of(ServiceType.DBUS).withAll(STOPS).failureMode(mode).bounded(LONG, LONG));
    }
    return all.stream().map(UnitRules::build).toList();
  }

  @Test
  void looksAtThousandsOfStatesOfEveryPhase() {
    assertThat(EXPLORED.nodes()).hasSizeGreaterThan(10_000);
    assertThat(EXPLORED.steps()).isGreaterThan(100_000);
    var seen =
        EXPLORED.nodes().stream()
            .map(node -> node.state().phase().getClass())
            .collect(Collectors.<Class<?>>toSet());
    var passed = Set.of(Phase.DeadBeforeAutoRestart.class, Phase.FailedBeforeAutoRestart.class);
    var expected = leaves(Phase.class);
    expected.removeAll(passed);
    assertThat(seen).isEqualTo(expected);
    for (var fact : Fact.values()) {
      assertThat(EXPLORED.nodes()).as("%s is seen", fact).anyMatch(node -> node.has(fact));
    }
    for (var result : ServiceResult.values()) {
      assertThat(EXPLORED.nodes())
          .anyMatch(node -> node.state().result() == result || result == ServiceResult.CORE_DUMP);
    }
  }

  private static Set<Class<?>> leaves(Class<?> type) {
    if (!type.isSealed()) {
      return new HashSet<>(Set.of(type));
    }
    var all = new HashSet<Class<?>>();
    for (var sub : type.getPermittedSubclasses()) {
      all.addAll(leaves(sub));
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void holds(Invariant invariant) {
    var breaches = EXPLORED.breaches(invariant);
    assertThat(breaches.stream().limit(2))
        .as("%s is broken by %d steps, such as", invariant, breaches.size())
        .isEmpty();
  }

  @Test
  void aStopEndsHoweverStubbornTheProcessesAre() {
    var endless = new ArrayList<Node>();
    int stopping = 0;
    for (var node : EXPLORED.nodes()) {
      if (node.state().phase() instanceof Phase.Ending) {
        stopping++;
        if (!EXPLORED.comesDown(node)) {
          endless.add(node);
        }
      }
    }
    assertThat(stopping).isGreaterThan(1_000);
    assertThat(endless.stream().limit(2)).isEmpty();
  }

  @Test
  void everyStateTakesEveryEvent() {
    var alphabet = Exploration.alphabet();
    long taken =
        EXPLORED.nodes().stream()
            .mapToLong(node ->
                alphabet.stream()
                    .map(event -> ServiceMachine.step(node.state(), event, node.rules()))
                    .filter(Objects::nonNull)
                    .count())
            .sum();
    assertThat(taken).isEqualTo((long) EXPLORED.nodes().size() * alphabet.size());
  }

  @Test
  void everyStateOutlivesTheDaemonAsText() throws RecordFault {
    for (var state : EXPLORED.nodes().stream().map(Node::state).collect(Collectors.toSet())) {
      var fields = new Fields();
      ServiceStateText.write(state, fields);
      assertThat(ServiceStateText.read(Fields.parse(fields.text()))).isEqualTo(state);
    }
  }
}
