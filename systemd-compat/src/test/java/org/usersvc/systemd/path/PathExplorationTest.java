package org.usersvc.systemd.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.path.PathEvent.Sight;
import org.usersvc.systemd.path.PathState.Phase;

/** Every state of path units that can be reached. */
final class PathExplorationTest {
  private record Node(PathState state, boolean watches) {}

  private static List<PathEvent> events() {
    var events =
        new ArrayList<PathEvent>(
            List.of(
                new PathEvent.StartAsked(false),
                new PathEvent.StartAsked(true),
                new PathEvent.StartLimited(),
                new PathEvent.StopAsked(),
                new PathEvent.ResetFailed(),
                new PathEvent.TriggerRefused(),
                new PathEvent.UnitUp(),
                new PathEvent.UnitDown(),
                new PathEvent.UnitLimited(),
                new PathEvent.Reread()));
    for (var sight : Sight.values()) {
      events.add(new PathEvent.Looked(sight));
    }
    return events;
  }

  private static Set<Node> explore() {
    var seen = new LinkedHashSet<>(Set.of(new Node(PathState.INITIAL, false)));
    var queue = new ArrayDeque<>(seen);
    while (!queue.isEmpty()) {
      var node = queue.remove();
      for (var event : events()) {
        var step = PathMachine.step(node.state(), event);
        var next = new Node(step.next(), check(node, event, step));
        if (seen.add(next)) {
          queue.add(next);
        }
      }
    }
    return seen;
  }

  /** Whether it watches after that. */
  private static boolean check(Node before, PathEvent event, Transition step) {
    boolean watches = before.watches();
    int answers = 0;
    var phase = before.state().phase();
    for (var effect : step.effects()) {
      switch (effect) {
        case PathEffect.MakeDirectories _ -> assertThat(watches).isFalse();
        case PathEffect.Watch _ -> watches = true;
        case PathEffect.Unwatch _ -> watches = false;
        case PathEffect.Trigger _ -> {
          assertThat(phase).isEqualTo(Phase.RUNNING);
          assertThat(event).isEqualTo(new PathEvent.Looked(Sight.OCCASION));
        }
        case PathEffect.Entered(var entered) -> {
          assertThat(entered).isNotEqualTo(phase);
          phase = entered;
        }
        case PathEffect.Finished _ -> answers++;
      }
    }
    String what = before + " --" + event + "--> " + step;
    boolean isRequest =
        event instanceof PathEvent.StartAsked
            || event instanceof PathEvent.StopAsked
            || (event instanceof PathEvent.StartLimited
                && !before.state().phase().active().isActive());
    assertThat(phase).as(what).isEqualTo(step.next().phase());
    assertThat(watches).as(what).isEqualTo(phase == Phase.WAITING);
    assertThat(answers).as(what).isEqualTo(isRequest ? 1 : 0);
    return watches;
  }

  @Test
  void holdsItsInvariants() {
    assertThat(explore().stream().map(node -> node.state().phase()).distinct())
        .containsExactlyInAnyOrder(Phase.values());
  }

  @Test
  void everyWayToFailIsReached() {
    assertThat(explore().stream().map(node -> node.state().result()).distinct())
        .containsExactlyInAnyOrder(PathResult.values());
  }
}
