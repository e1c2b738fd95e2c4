package org.usersvc.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.usersvc.daemon.lifecycle.Exploration.Fact;
import org.usersvc.daemon.lifecycle.Exploration.Node;

/** Every reachable state with every event that can happen there. */
final class LifecycleExplorationTest {
  private static final Exploration EXPLORED = Exploration.ofEverything();

  @Test
  void looksAtThousandsOfStatesOfEveryPhase() {
    assertThat(EXPLORED.nodes()).hasSizeGreaterThan(10_000);
    assertThat(EXPLORED.steps()).isGreaterThan(200_000);
    var phases =
        EXPLORED.nodes().stream()
            .map(node -> node.state().phase().getClass())
            .collect(Collectors.<Class<?>>toSet());
    assertThat(phases).containsExactlyInAnyOrder(Phase.class.getPermittedSubclasses());
    for (var wanted : Wanted.values()) {
      assertThat(EXPLORED.nodes()).anyMatch(node -> node.state().wanted() == wanted);
    }
    for (var fact : Fact.values()) {
      assertThat(EXPLORED.nodes())
          .as("%s is seen unless an event makes and ends it", fact)
          .anyMatch(node -> node.has(fact) || fact == Fact.DEATH);
    }
  }

  @ParameterizedTest
  @EnumSource
  void holds(Invariant invariant) {
    var breaches = EXPLORED.breaches(invariant);
    assertThat(breaches.stream().limit(3))
        .as("%s is broken by %d steps, such as", invariant, breaches.size())
        .isEmpty();
  }

  @Test
  void aRemovedServiceEndsHoweverStubbornItIs() {
    var endless = new ArrayList<Node>();
    int removed = 0;
    for (var node : EXPLORED.nodes()) {
      if (node.state().wanted() == Wanted.REMOVED && mayKill(node)) {
        removed++;
        if (!EXPLORED.comesTo(LifecycleExplorationTest::isGone, node)) {
          endless.add(node);
        }
      }
    }
    assertThat(removed).isGreaterThan(500);
    assertThat(endless).as("removed, but never gone").isEmpty();
  }

  @Test
  void anOutdatedRunEndsHoweverStubbornItIs() {
    var outdated = EXPLORED.nodes().stream().filter(LifecycleExplorationTest::isOutdated).toList();
    assertThat(outdated)
        .filteredOn(LifecycleExplorationTest::mayKill)
        .hasSizeGreaterThan(100)
        .allMatch(node -> EXPLORED.comesTo(next -> !next.has(Fact.RUN_LIVES), node));
  }

  /** Whether its rules bound a stop. */
  private static boolean mayKill(Node node) {
    return !Duration.ZERO.equals(node.rules().stopBound());
  }

  private static boolean isGone(Node node) {
    return node.state().phase() instanceof Phase.Gone;
  }

  private static boolean isOutdated(Node node) {
    return node.state().phase() instanceof Phase.Running running && running.outdated();
  }

  @Test
  void whatCannotHappenSpawnsNothing() {
    var spawned = new ArrayList<String>();
    int tried = 0;
    var alphabet = Exploration.alphabet();
    for (var node : EXPLORED.nodes()) {
      for (var event : alphabet) {
        if (isUntrue(event, node)) {
          tried++;
          var step = Lifecycle.step(node.state(), event, node.rules());
          if (step.effects().stream().anyMatch(LifecycleExplorationTest::spawns)) {
            spawned.add("%s --%s--> %s".formatted(node, event, step));
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(100_000);
    assertThat(spawned.stream().limit(3)).as("spawns for what cannot have happened").isEmpty();
  }

  @Test
  void everyStateTakesEveryEvent() {
    var alphabet = Exploration.alphabet();
    long taken =
        EXPLORED.nodes().stream()
            .mapToLong(node ->
                alphabet.stream()
                    .map(event -> Lifecycle.step(node.state(), event, node.rules()))
                    .filter(Objects::nonNull)
                    .count())
            .sum();
    assertThat(taken).isEqualTo((long) EXPLORED.nodes().size() * alphabet.size());
  }

  /** Whether the event tells of a process, an order or a timer that there is none of. */
  private static boolean isUntrue(Event event, Node node) {
    return switch (event) {
      case Event.ScriptEnded _ -> !node.has(Fact.SCRIPT_LIVES);
      case Event.RunStarted _, Event.RunNotExecutable _ -> !node.has(Fact.RUN_ORDERED);
      case Event.RunMissing _, Event.NeedMissing _ -> !node.has(Fact.RUN_ORDERED);
      case Event.NeedUnsettled _, Event.NoResources _ -> !node.has(Fact.RUN_ORDERED);
      case Event.RunEnded _ -> !node.has(Fact.RUN_LIVES);
      case Event.BecameReady _, Event.PromiseBroken _ -> !node.has(Fact.RUN_LIVES);
      case Event.MainProcess _ -> !node.has(Fact.RUN_LIVES);
      case Event.FinishStarted _, Event.NoFinish _ -> !node.has(Fact.FINISH_ORDERED);
      case Event.FinishEnded _ -> !node.has(Fact.FINISH_LIVES);
      case Event.TimerFired(Timer timer) -> !node.has(armed(timer));
      case Event.Asked _, Event.Stop _, Event.InputClosed _, Event.Hurry _ -> false;
      case Event.DefinitionChanged _, Event.NeedChanged _ -> false;
    };
  }

  private static Fact armed(Timer timer) {
    return switch (timer) {
      case RESTART -> Fact.RESTART_ARMED;
      case KILL -> Fact.KILL_ARMED;
      case FINISH -> Fact.FINISH_ARMED;
    };
  }

  private static boolean spawns(Effect effect) {
    return effect instanceof Effect.RunScript
        || effect instanceof Effect.StartRun
        || effect instanceof Effect.StartFinish;
  }
}
