package org.usersvc.systemd.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecCommands;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.service.Child;
import org.usersvc.systemd.socket.FakeSocketWorld.Facts;
import org.usersvc.systemd.socket.SocketState.Phase;
import org.usersvc.systemd.syntax.CommandLine;

/** Every state of socket units that can be reached, in the world around it. */
final class SocketExplorationTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final int PID = 7;

  private record Node(SocketState state, Facts facts) {}

  private static final CommandLine COMMAND = new CommandLine("/c", List.of("/c"), Set.of());

  private static SocketRules rules(
      KillSettings.Mode mode, boolean kills, boolean accepts, ExecStep... steps) {
    Map<ExecStep, List<CommandLine>> commands = new EnumMap<>(ExecStep.class);
    for (var step : steps) {
      commands.put(step, List.of(COMMAND, COMMAND));
    }
    var base = KillSettings.DEFAULT;
    var kill =
        new KillSettings(
            mode,
            base.signal(),
            base.restartSignal(),
            true,
            kills,
            base.finalSignal(),
            base.watchdogSignal());
    return new SocketRules(new ExecCommands(commands), kill, TIMEOUT, accepts, !accepts);
  }

  private static List<SocketRules> all() {
    var all = new ArrayList<SocketRules>();
    ExecStep[] steps = {
      ExecStep.START_PRE, ExecStep.START_POST, ExecStep.STOP_PRE, ExecStep.STOP_POST
    };
    for (var mode : KillSettings.Mode.values()) {
      for (boolean flag : new boolean[] {true, false}) {
        all.add(rules(mode, flag, flag, steps));
        all.add(rules(mode, flag, !flag));
        all.add(rules(mode, flag, false, ExecStep.START_POST));
      }
    }
    return all;
  }

  private static List<SocketEvent> possible(Node node) {
    var events =
        new ArrayList<SocketEvent>(
            List.of(
                new SocketEvent.StartAsked(false),
                new SocketEvent.StartAsked(true),
                new SocketEvent.StartLimited(),
                new SocketEvent.StopAsked(),
                new SocketEvent.ResetFailed(),
                new SocketEvent.ServiceUp(),
                new SocketEvent.ServiceDown(),
                new SocketEvent.ServiceLimited(),
                new SocketEvent.TriggerRefused()));
    if (node.facts().opening()) {
      return List.of(new SocketEvent.Opened(), new SocketEvent.NotOpened());
    }
    if (node.state().control() instanceof Child.Ordered) {
      events.add(new SocketEvent.CommandStarted(ExecStep.START_PRE, PID));
      events.add(new SocketEvent.CommandFailed(ExecStep.START_PRE, ExitStatus.exited(203)));
    }
    if (node.state().controlPid() == PID) {
      events.add(new SocketEvent.Exited(PID, ExitStatus.exited(0)));
      events.add(new SocketEvent.Exited(PID, ExitStatus.exited(1)));
    }
    if (node.facts().armed()) {
      events.add(new SocketEvent.TimerFired());
    }
    if (node.facts().watched()) {
      events.add(new SocketEvent.Arrived(false));
      events.add(new SocketEvent.Arrived(true));
    }
    return events;
  }

  private static Set<Node> explore(SocketRules rules, List<String> breaches) {
    var first = new Node(SocketState.INITIAL, Facts.NONE);
    var seen = new LinkedHashSet<>(Set.of(first));
    var queue = new ArrayDeque<>(seen);
    while (!queue.isEmpty()) {
      var node = queue.remove();
      for (var event : possible(node)) {
        var step = SocketMachine.step(node.state(), event, rules);
        var world = new FakeSocketWorld(node.facts(), event);
        step.effects().forEach(world::perform);
        world.review(node.state(), step.next());
        world
            .breaches()
            .forEach(
                breach -> breaches.add("%s: %s --%s--> %s".formatted(breach, node, event, step)));
        var next = new Node(step.next(), world.facts());
        if (seen.add(next)) {
          queue.add(next);
        }
      }
    }
    return seen;
  }

  @Test
  void noStepBreaksAnInvariant() {
    var breaches = new ArrayList<String>();
    int nodes = 0;
    for (var rules : all()) {
      nodes += explore(rules, breaches).size();
    }
    assertThat(breaches.stream().limit(3)).isEmpty();
    assertThat(nodes).isGreaterThan(500);
  }

  @Test
  void everyPhaseAndResultIsReached() {
    var rules =
        rules(
            KillSettings.Mode.CONTROL_GROUP,
            true,
            false,
            ExecStep.START_PRE,
            ExecStep.START_POST,
            ExecStep.STOP_PRE,
            ExecStep.STOP_POST);
    var seen = explore(rules, new ArrayList<>());
    assertThat(seen.stream().map(node -> node.state().phase()).collect(Collectors.toSet()))
        .contains(Phase.values());
    assertThat(seen.stream().map(node -> node.state().result()).collect(Collectors.toSet()))
        .contains(
            SocketResult.TRIGGER_LIMIT_HIT,
            SocketResult.SERVICE_START_LIMIT_HIT,
            SocketResult.START_LIMIT_HIT,
            SocketResult.RESOURCES,
            SocketResult.TIMEOUT,
            SocketResult.EXIT_CODE);
  }

  @Test
  void aStopEndsWhenNothingButItsTimerHappens() {
    for (var rules : all()) {
      for (var node : explore(rules, new ArrayList<>())) {
        var state = SocketMachine.step(node.state(), new SocketEvent.StopAsked(), rules).next();
        for (int i = 0; i < 12; i++) {
          state = SocketMachine.step(state, new SocketEvent.TimerFired(), rules).next();
        }
        assertThat(state.phase().active().isInactiveOrFailed()).as("after %s", node).isTrue();
      }
    }
  }
}
