package org.usersvc.daemon.lifecycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.usersvc.daemon.lifecycle.Event.Asked;
import org.usersvc.daemon.lifecycle.Event.BecameReady;
import org.usersvc.daemon.lifecycle.Event.DefinitionChanged;
import org.usersvc.daemon.lifecycle.Event.FinishEnded;
import org.usersvc.daemon.lifecycle.Event.FinishStarted;
import org.usersvc.daemon.lifecycle.Event.Hurry;
import org.usersvc.daemon.lifecycle.Event.InputClosed;
import org.usersvc.daemon.lifecycle.Event.MainProcess;
import org.usersvc.daemon.lifecycle.Event.NeedChanged;
import org.usersvc.daemon.lifecycle.Event.NeedMissing;
import org.usersvc.daemon.lifecycle.Event.NeedUnsettled;
import org.usersvc.daemon.lifecycle.Event.NoFinish;
import org.usersvc.daemon.lifecycle.Event.NoResources;
import org.usersvc.daemon.lifecycle.Event.PromiseBroken;
import org.usersvc.daemon.lifecycle.Event.RunEnded;
import org.usersvc.daemon.lifecycle.Event.RunMissing;
import org.usersvc.daemon.lifecycle.Event.RunNotExecutable;
import org.usersvc.daemon.lifecycle.Event.RunStarted;
import org.usersvc.daemon.lifecycle.Event.ScriptEnded;
import org.usersvc.daemon.lifecycle.Event.Stop;
import org.usersvc.daemon.lifecycle.Event.TimerFired;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.RestartRule;

/**
 * Every state that can be reached, with what is true of the world around it, and every event that
 * can happen there. What breaks an invariant is collected, not thrown, so that each invariant has a
 * test of its own.
 */
final class Exploration {
  static final int RUN_PID = 100;
  static final int FINISH_PID = 200;

  /** What is true outside of the state machine. */
  enum Fact {
    /** It is a log service: no control scripts, no exit, no Stop, but its input can be closed. */
    LOGGER,
    RUN_LIVES,
    RUN_KILLED,
    FINISH_LIVES,
    FINISH_KILLED,
    SCRIPT_LIVES,
    SCRIPT_KILLED,
    RUN_ORDERED,
    FINISH_ORDERED,
    RESTART_ARMED,
    KILL_ARMED,
    FINISH_ARMED,
    /** once was asked and has not been done yet. */
    ONCE,
    /** run has died and finish has not been ordered yet. */
    DEATH,
    INPUT_CLOSED,
    LEFT
  }

  /** A state in a world, and the rules there. */
  record Node(ServiceState state, Set<Fact> facts, Rules rules) {
    boolean has(Fact fact) {
      return facts.contains(fact);
    }

    /** That of the state leaves out what seldom differs in the daemon, and does here. */
    @Override
    public int hashCode() {
      return 31 * Objects.hash(state, state.paused(), state.script(), state.quickDeaths())
          + 7 * facts.hashCode()
          + rules.hashCode();
    }
  }

  private final Set<Node> nodes = new LinkedHashSet<>();
  private final ArrayDeque<Node> queue = new ArrayDeque<>();
  private final Map<Invariant, List<String>> breaches = new EnumMap<>(Invariant.class);
  private int steps;

  /** Each restart rule, each kind of run, with and without a bound for finish, never killed. */
  private static final List<Rules> FURTHER =
      List.of(
          new Rules(false, RestartRule.NO, null, Duration.ofSeconds(3)),
          new Rules(true, RestartRule.ON_FAILURE, Duration.ZERO, null));

  /**
   * Explores services and loggers, with and without timeout-kill, normally up and down; then
   * services with every other rule.
   */
  static Exploration ofEverything() {
    var exploration = new Exploration();
    for (var kind : List.of(EnumSet.noneOf(Fact.class), EnumSet.of(Fact.LOGGER))) {
      exploration.begin(kind, Rules.PLAIN);
      exploration.begin(kind, Steps.BOUNDED);
    }
    FURTHER.forEach(rules -> exploration.begin(EnumSet.noneOf(Fact.class), rules));
    while (!exploration.queue.isEmpty()) {
      var node = exploration.queue.remove();
      for (var event : possible(node)) {
        exploration.visit(exploration.after(node, event));
      }
    }
    return exploration;
  }

  private void begin(Set<Fact> facts, Rules rules) {
    visit(new Node(ServiceState.initial(Wanted.DOWN), facts, rules));
    visit(after(new Node(ServiceState.initial(Wanted.UP), facts, rules), new Asked(Command.UP)));
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

  /** The node that follows, checked. */
  private Node after(Node before, Event event) {
    steps++;
    var step = Lifecycle.step(before.state(), event, before.rules());
    var world = new FakeWorld(before);
    world.happen(event);
    step.effects().forEach(effect -> world.perform(effect, step.next()));
    var next = new Node(step.next(), world.facts(), before.rules());
    world.review(next);
    for (var invariant : world.broken()) {
      breaches
          .computeIfAbsent(invariant, _ -> new ArrayList<>())
          .add("%s --%s--> %s".formatted(before, event, step));
    }
    return next;
  }

  /** Everything that can happen there. */
  static List<Event> possible(Node node) {
    if (node.has(Fact.RUN_ORDERED)) {
      return meanwhile(
          node,
          new RunStarted(RUN_PID),
          new RunNotExecutable(),
          new RunMissing(),
          new NeedMissing(),
          new NeedUnsettled(),
          new NoResources());
    }
    if (node.has(Fact.FINISH_ORDERED)) {
      return meanwhile(node, new FinishStarted(FINISH_PID), new NoFinish());
    }
    if (node.has(Fact.LOGGER) && node.has(Fact.SCRIPT_LIVES)) {
      return List.of(new ScriptEnded(false));
    }
    var events =
        new ArrayList<Event>(List.of(new DefinitionChanged(), new NeedChanged(), new Hurry()));
    addRequests(node, events);
    addEnds(node, events);
    if (node.has(Fact.RESTART_ARMED)) {
      events.add(new TimerFired(Timer.RESTART));
    }
    if (node.has(Fact.KILL_ARMED)) {
      events.add(new TimerFired(Timer.KILL));
    }
    if (node.has(Fact.FINISH_ARMED)) {
      events.add(new TimerFired(Timer.FINISH));
    }
    return events;
  }

  /** A file system hangs: letters wait, but not all waits for the answer. */
  private static List<Event> meanwhile(Node node, Event... answers) {
    var events = new ArrayList<Event>(List.of(answers));
    events.addAll(List.of(new DefinitionChanged(), new NeedChanged(), new Hurry()));
    addStop(node, events);
    if (node.has(Fact.KILL_ARMED)) {
      events.add(new TimerFired(Timer.KILL));
    }
    return events;
  }

  private static void addStop(Node node, List<Event> events) {
    if (!node.has(Fact.LOGGER)) {
      events.add(new Stop());
      return;
    }
    events.add(new InputClosed(true));
    if (!node.has(Fact.INPUT_CLOSED)) {
      events.add(new InputClosed(false));
    }
  }

  private static void addRequests(Node node, List<Event> events) {
    boolean logger = node.has(Fact.LOGGER);
    addStop(node, events);
    if (!node.has(Fact.SCRIPT_LIVES)) {
      for (var command : Command.values()) {
        if (!logger || command != Command.EXIT) {
          events.add(new Asked(command));
        }
      }
    }
  }

  private static void addEnds(Node node, List<Event> events) {
    if (node.has(Fact.SCRIPT_LIVES)) {
      events.add(new ScriptEnded(true));
      events.add(new ScriptEnded(false));
    }
    if (node.has(Fact.RUN_LIVES)) {
      events.addAll(runEnds());
      events.add(new BecameReady());
      events.add(new MainProcess(RUN_PID));
      events.addAll(promisesBroken());
    }
    if (node.has(Fact.FINISH_LIVES)) {
      events.add(new FinishEnded(false));
      events.add(new FinishEnded(true));
    }
  }

  private static List<Event> runEnds() {
    var events = new ArrayList<Event>();
    for (var status :
        List.of(ExitStatus.exited(0), ExitStatus.exited(1), ExitStatus.killed(9, false))) {
      for (int seconds : new int[] {0, 1, 60}) {
        events.add(new RunEnded(status, Duration.ofSeconds(seconds)));
      }
    }
    return events;
  }

  private static List<Event> promisesBroken() {
    return Stream.of(Promise.values()).<Event>map(PromiseBroken::new).toList();
  }

  /** Everything that the state machine can be told at all. */
  static List<Event> alphabet() {
    var events = new ArrayList<Event>(runEnds());
    for (var command : Command.values()) {
      events.add(new Asked(command));
    }
    for (var timer : Timer.values()) {
      events.add(new TimerFired(timer));
    }
    events.addAll(promisesBroken());
    events.addAll(
        List.of(
            new ScriptEnded(true),
            new ScriptEnded(false),
            new RunStarted(RUN_PID),
            new RunNotExecutable(),
            new RunMissing(),
            new NeedMissing(),
            new NeedUnsettled(),
            new NoResources(),
            new FinishStarted(FINISH_PID),
            new NoFinish(),
            new FinishEnded(false),
            new FinishEnded(true),
            new BecameReady(),
            new MainProcess(RUN_PID),
            new DefinitionChanged(),
            new NeedChanged(),
            new Stop(),
            new InputClosed(true),
            new InputClosed(false),
            new Hurry()));
    return events;
  }

  /**
   * Follows what a service does when nothing of it ends but by KILL.
   *
   * @return whether it comes to what is asked for
   */
  boolean comesTo(Predicate<Node> goal, Node start) {
    var node = start;
    for (int i = 0; i < 50; i++) {
      if (goal.test(node)) {
        return true;
      }
      var event = stubborn(node);
      if (event.isEmpty()) {
        return false;
      }
      node = after(node, event.getFirst());
    }
    return false;
  }

  private static List<Event> stubborn(Node node) {
    if (node.has(Fact.RUN_ORDERED)) {
      return List.of(new RunStarted(RUN_PID));
    }
    if (node.has(Fact.FINISH_ORDERED)) {
      return List.of(new FinishStarted(FINISH_PID));
    }
    if (node.has(Fact.SCRIPT_KILLED) || (node.has(Fact.LOGGER) && node.has(Fact.SCRIPT_LIVES))) {
      return List.of(new ScriptEnded(false));
    }
    if (node.has(Fact.RUN_KILLED)) {
      return List.of(new RunEnded(ExitStatus.killed(9, false), Duration.ofSeconds(5)));
    }
    if (node.has(Fact.FINISH_KILLED)) {
      return List.of(new FinishEnded(false));
    }
    return node.has(Fact.KILL_ARMED) ? List.of(new TimerFired(Timer.KILL)) : List.of();
  }
}
