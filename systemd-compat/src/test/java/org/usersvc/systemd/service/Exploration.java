package org.usersvc.systemd.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.service.ServiceEvent.CommandFailed;
import org.usersvc.systemd.service.ServiceEvent.CommandStarted;
import org.usersvc.systemd.service.ServiceEvent.Exited;
import org.usersvc.systemd.service.ServiceEvent.KeptAlive;
import org.usersvc.systemd.service.ServiceEvent.MainFound;
import org.usersvc.systemd.service.ServiceEvent.MainUnknown;
import org.usersvc.systemd.service.ServiceEvent.NameLost;
import org.usersvc.systemd.service.ServiceEvent.NameOwned;
import org.usersvc.systemd.service.ServiceEvent.NoResources;
import org.usersvc.systemd.service.ServiceEvent.Notified;
import org.usersvc.systemd.service.ServiceEvent.ProcessesGone;
import org.usersvc.systemd.service.ServiceEvent.ReloadAsked;
import org.usersvc.systemd.service.ServiceEvent.ResetFailed;
import org.usersvc.systemd.service.ServiceEvent.RestartRefused;
import org.usersvc.systemd.service.ServiceEvent.StartAsked;
import org.usersvc.systemd.service.ServiceEvent.StopAsked;
import org.usersvc.systemd.service.ServiceEvent.TimeoutExtended;
import org.usersvc.systemd.service.ServiceEvent.TimerFired;
import org.usersvc.systemd.service.ServiceEvent.WatchdogTriggered;
import org.usersvc.systemd.unit.ServiceType;

/**
 * Every state that can be reached, with what is true of the world around it, and every event that
 * can happen there. What breaks an invariant is collected, not thrown, so that each invariant has a
 * test of its own.
 */
final class Exploration {
  private static final List<ExitStatus> ENDS =
      List.of(ExitStatus.exited(0), ExitStatus.killed(9, false));

  /**
   * A state in a world.
   *
   * @param ordered for what the control process is ordered; null: none is
   */
  record Node(ServiceState state, Set<Fact> facts, @Nullable ExecStep ordered, ServiceRules rules) {
    boolean has(Fact fact) {
      return facts.contains(fact);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // rules are few objects, and comparing them is slow
    public boolean equals(@Nullable Object other) {
      return other instanceof Node(var thatState, var thatFacts, var thatOrdered, var thatRules)
          && rules == thatRules
          && ordered == thatOrdered
          && facts.equals(thatFacts)
          && state.equals(thatState);
    }

    @Override
    public int hashCode() {
      return 31 * state.hashCode() + facts.hashCode() + 7 * System.identityHashCode(rules);
    }
  }

  private final Set<Node> nodes = new LinkedHashSet<>();
  private final ArrayDeque<Node> queue = new ArrayDeque<>();
  private final Map<Invariant, List<String>> breaches = new EnumMap<>(Invariant.class);
  private int steps;

  static Exploration of(List<ServiceRules> all) {
    var exploration = new Exploration();
    all.forEach(
        rules -> exploration.visit(new Node(ServiceState.initial(), Set.of(), null, rules)));
    while (!exploration.queue.isEmpty()) {
      var node = exploration.queue.remove();
      possible(node).forEach(event -> exploration.visit(exploration.after(node, event)));
    }
    return exploration;
  }

  Set<Node> nodes() {
    return nodes;
  }

  int steps() {
    return steps;
  }

  List<String> breaches(Invariant invariant) {
    return breaches.getOrDefault(invariant, List.of());
  }

  private void visit(Node node) {
    if (nodes.add(node)) {
      queue.add(node);
    }
  }

  /** The node that follows, checked. How often a service was restarted is left out. */
  private Node after(Node before, ServiceEvent event) {
    steps++;
    var step = ServiceMachine.step(before.state(), event, before.rules());
    var world = new FakeWorld(before);
    world.happen(event);
    step.effects().forEach(effect -> world.perform(effect, step.next()));
    world.review(step.next(), step.effects());
    for (var invariant : world.broken()) {
      breaches
          .computeIfAbsent(invariant, _ -> new ArrayList<>())
          .add("%s %s%n --%s-->%n %s".formatted(before.state(), before.facts(), event, step));
    }
    return new Node(step.next().restarts(0), world.facts(), world.ordered(), before.rules());
  }

  /** Everything that can happen there. */
  static List<ServiceEvent> possible(Node node) {
    var events = new ArrayList<ServiceEvent>();
    addRequests(events);
    if (node.has(Fact.MAIN_ORDERED)) {
      addAnswers(ExecStep.START, Run.MAIN, events);
    }
    if (node.ordered() != null) {
      addAnswers(node.ordered(), Run.CONTROL, events);
    }
    addEnds(node, events);
    for (var timer : ServiceTimer.values()) {
      if (node.has(Fact.valueOf(timer + "_ARMED"))) {
        events.add(new TimerFired(timer));
      }
    }
    if (node.has(Fact.MAIN_LIVES) && node.rules().type().isNotify()) {
      addMessages(events);
    }
    if (node.rules().type() == ServiceType.DBUS) {
      events.add(new NameOwned());
      events.add(new NameLost());
    }
    return events;
  }

  private static void addRequests(List<ServiceEvent> events) {
    events.addAll(
        List.of(
            new StartAsked(false),
            new StartAsked(true),
            new StopAsked(false),
            new StopAsked(true),
            new ReloadAsked(),
            new RestartRefused(),
            new ResetFailed()));
  }

  private static void addAnswers(ExecStep step, int pid, List<ServiceEvent> events) {
    events.add(new CommandStarted(step, pid));
    events.add(new CommandFailed(step, ExitStatus.exited(203)));
    events.add(new NoResources(step));
  }

  private static void addEnds(Node node, List<ServiceEvent> events) {
    if (node.has(Fact.MAIN_LIVES)) {
      ENDS.forEach(status -> events.add(new Exited(Run.MAIN, status)));
    }
    if (node.has(Fact.CONTROL_LIVES)) {
      events.add(new Exited(Run.CONTROL, ExitStatus.exited(0)));
      events.add(new Exited(Run.CONTROL, ExitStatus.exited(1)));
      if (node.state().phase() instanceof Phase.Condition) {
        events.add(new Exited(Run.CONTROL, ExitStatus.exited(255)));
      }
    }
    boolean one = node.has(Fact.MAIN_LIVES) || node.has(Fact.CONTROL_LIVES);
    if (!one && (node.has(Fact.OTHERS_LIVE) || node.has(Fact.GONE_DUE))) {
      events.add(new ProcessesGone());
    }
    if (node.has(Fact.SEARCHING)) {
      events.add(new MainFound(Run.MAIN));
      if (!Starts.awaitsPidFile(node.rules())) {
        events.add(new MainUnknown());
      }
    }
  }

  private static void addMessages(List<ServiceEvent> events) {
    events.add(new Notified(Progress.READY));
    events.add(new Notified(Progress.RELOADING));
    events.add(new Notified(Progress.STOPPING));
    events.add(new KeptAlive());
    events.add(new WatchdogTriggered());
    events.add(new TimeoutExtended(Duration.ofSeconds(1)));
  }

  /** Everything that the state machine can be told at all. */
  static List<ServiceEvent> alphabet() {
    var events = new ArrayList<ServiceEvent>();
    addRequests(events);
    for (var step : ExecStep.values()) {
      addAnswers(step, Slot.of(step, ServiceType.SIMPLE) == Slot.MAIN ? 100 : 200, events);
    }
    for (int pid : new int[] {0, Run.MAIN, Run.CONTROL, Run.CHILD}) {
      ENDS.forEach(status -> events.add(new Exited(pid, status)));
      events.add(new MainFound(pid));
    }
    for (var timer : ServiceTimer.values()) {
      events.add(new TimerFired(timer));
    }
    addMessages(events);
    events.addAll(List.of(new MainUnknown(), new ProcessesGone(), new NameOwned(), new NameLost()));
    return events;
  }

  /** Whether a service of which nothing ends by itself comes down when its timers fire. */
  boolean comesDown(Node start) {
    var node = start;
    for (int i = 0; i < 40; i++) {
      if (node.state().phase() instanceof Phase.Down) {
        return true;
      }
      if (!node.has(Fact.PHASE_ARMED)) {
        return false;
      }
      node = after(node, new TimerFired(ServiceTimer.PHASE));
    }
    return false;
  }
}
