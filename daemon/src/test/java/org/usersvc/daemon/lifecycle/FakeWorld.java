package org.usersvc.daemon.lifecycle;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Exploration.Fact;
import org.usersvc.daemon.lifecycle.Exploration.Node;
import org.usersvc.daemon.model.RestartRule;
import org.usersvc.daemon.model.Signal;

/** The world around one step: what an event and its effects make true, and what they break. */
final class FakeWorld {
  private final Node before;
  private final EnumSet<Fact> facts = EnumSet.noneOf(Fact.class);
  private final EnumSet<Invariant> broken = EnumSet.noneOf(Invariant.class);

  private boolean late;

  FakeWorld(Node before) {
    this.before = before;
    facts.addAll(before.facts());
  }

  Set<Fact> facts() {
    return Set.copyOf(facts);
  }

  Set<Invariant> broken() {
    return broken;
  }

  private boolean has(Fact fact) {
    return facts.contains(fact);
  }

  private void demand(Invariant invariant, boolean holds) {
    if (!holds) {
      broken.add(invariant);
    }
  }

  /** What the event itself says of the world. */
  void happen(Event event) {
    switch (event) {
      case Event.Asked(Command command) -> asked(command);
      case Event.ScriptEnded _ -> facts.removeAll(Set.of(Fact.SCRIPT_LIVES, Fact.SCRIPT_KILLED));
      case Event.RunStarted _ -> {
        facts.removeAll(Set.of(Fact.RUN_ORDERED, Fact.ONCE));
        facts.add(Fact.RUN_LIVES);
      }
      case Event.RunNotExecutable _ -> {
        facts.removeAll(Set.of(Fact.RUN_ORDERED, Fact.ONCE));
        facts.add(Fact.DEATH);
      }
      case Event.RunMissing _, Event.NeedMissing _, Event.NeedUnsettled _ ->
          facts.removeAll(Set.of(Fact.RUN_ORDERED, Fact.ONCE));
      case Event.NoResources _ -> facts.remove(Fact.RUN_ORDERED);
      case Event.RunEnded _ -> {
        late = before.state().phase() instanceof Phase.Running run && run.cause().isFailure();
        facts.removeAll(Set.of(Fact.RUN_LIVES, Fact.RUN_KILLED));
        facts.add(Fact.DEATH);
      }
      case Event.FinishStarted _ -> {
        facts.remove(Fact.FINISH_ORDERED);
        facts.add(Fact.FINISH_LIVES);
      }
      case Event.NoFinish _ -> facts.remove(Fact.FINISH_ORDERED);
      case Event.FinishEnded _ -> facts.removeAll(Set.of(Fact.FINISH_LIVES, Fact.FINISH_KILLED));
      case Event.TimerFired(Timer timer) -> disarm(timer);
      case Event.InputClosed _ -> facts.add(Fact.INPUT_CLOSED);
      case Event.DefinitionChanged _, Event.NeedChanged _ -> {}
      case Event.BecameReady _, Event.PromiseBroken _, Event.MainProcess _ -> {}
      case Event.Stop _, Event.Hurry _ -> {}
    }
  }

  private void asked(Command command) {
    var phase = before.state().phase();
    boolean idle =
        phase instanceof Phase.Down
            || phase instanceof Phase.Incomplete
            || phase instanceof Phase.Waiting
            || phase.isDelayed();
    if (command == Command.ONCE && idle) {
      facts.add(Fact.ONCE);
    } else if (command == Command.DOWN || command == Command.EXIT || command == Command.UP) {
      facts.remove(Fact.ONCE);
    }
  }

  private void disarm(Timer timer) {
    switch (timer) {
      case RESTART -> facts.remove(Fact.RESTART_ARMED);
      case KILL -> facts.remove(Fact.KILL_ARMED);
      case FINISH -> facts.remove(Fact.FINISH_ARMED);
    }
  }

  void perform(Effect effect, ServiceState next) {
    demand(Invariant.GONE_IS_FINAL, !has(Fact.LEFT));
    switch (effect) {
      case Effect.RunScript(Command command) -> runScript(command, next);
      case Effect.KillScript() -> kill(Fact.SCRIPT_LIVES, Fact.SCRIPT_KILLED);
      case Effect.StartRun() -> {
        mayStart(next);
        order(Fact.RUN_ORDERED);
      }
      case Effect.StartFinish _ -> {
        demand(Invariant.ONE_FINISH_PER_DEATH, facts.remove(Fact.DEATH));
        order(Fact.FINISH_ORDERED);
      }
      case Effect.GiveUp() -> facts.removeAll(Set.of(Fact.RUN_ORDERED, Fact.FINISH_ORDERED));
      case Effect.Send(int pid, Signal signal) -> send(pid, signal);
      case Effect.KillFinish(int pid) -> send(pid, Signal.KILL);
      case Effect.EndLeftovers() ->
          demand(Invariant.LEFTOVERS_LAST, !has(Fact.RUN_LIVES) && !has(Fact.FINISH_LIVES));
      case Effect.ArmRestart _, Effect.HastenRestart() -> facts.add(Fact.RESTART_ARMED);
      case Effect.ArmKill(Duration bound) -> armKill(bound, next);
      case Effect.ArmFinish _ -> facts.add(Fact.FINISH_ARMED);
      case Effect.AwaitReady() -> demand(Invariant.READY_IS_OF_RUN, has(Fact.RUN_LIVES));
      case Effect.Disarm(Timer timer) -> disarm(timer);
      case Effect.Leave() -> leave(next);
    }
  }

  private static boolean isFailed(Phase phase) {
    return phase instanceof Phase.Down down && down.failed();
  }

  private static boolean outdated(ServiceState state) {
    return state.phase() instanceof Phase.Running running && running.outdated();
  }

  /** Whether somebody, or the daemon itself, wants an end of what lives. */
  private static boolean mayBeKilled(ServiceState state) {
    return state.wanted() != Wanted.UP || outdated(state);
  }

  private void armKill(Duration bound, ServiceState next) {
    demand(Invariant.KILL_TIMER, mayBeKilled(next));
    demand(Invariant.STOP_BOUND, bound.equals(stopBound(next)));
    facts.add(Fact.KILL_ARMED);
  }

  /** The bound of the rules, null for none. */
  private @Nullable Duration stopBound(ServiceState state) {
    var bound = before.rules().stopBound();
    if (bound == null) {
      return isEndedUnasked(state) ? Duration.ofSeconds(10) : null;
    }
    return bound.isZero() ? null : bound;
  }

  private void runScript(Command command, ServiceState next) {
    demand(Invariant.ONE_SCRIPT, facts.add(Fact.SCRIPT_LIVES));
    if (command == Command.UP) {
      mayStart(next);
    } else {
      demand(Invariant.SIGNALS_TO_THE_LIVING, has(Fact.RUN_LIVES));
    }
  }

  private void mayStart(ServiceState next) {
    demand(Invariant.DOWN_STAYS_DOWN, next.wanted() == Wanted.UP || has(Fact.ONCE));
    demand(Invariant.CLOSED_INPUT_IS_FINAL, !has(Fact.INPUT_CLOSED));
  }

  private void order(Fact ordered) {
    demand(Invariant.ONE_PROCESS, !has(Fact.RUN_LIVES) && !has(Fact.FINISH_LIVES));
    demand(Invariant.ONE_PROCESS, !has(Fact.RUN_ORDERED) && !has(Fact.FINISH_ORDERED));
    facts.add(ordered);
  }

  private void send(int pid, Signal signal) {
    boolean run = pid == Exploration.RUN_PID;
    var lives = run ? Fact.RUN_LIVES : Fact.FINISH_LIVES;
    demand(Invariant.SIGNALS_TO_THE_LIVING, has(lives));
    if (signal == Signal.KILL) {
      kill(lives, run ? Fact.RUN_KILLED : Fact.FINISH_KILLED);
    }
  }

  private void kill(Fact lives, Fact killed) {
    demand(Invariant.SIGNALS_TO_THE_LIVING, has(lives));
    facts.add(killed);
  }

  private void leave(ServiceState next) {
    var mustNotBe = EnumSet.range(Fact.RUN_LIVES, Fact.KILL_ARMED);
    mustNotBe.retainAll(facts);
    demand(Invariant.LEAVES_ONCE, mustNotBe.isEmpty());
    demand(Invariant.LEAVES_ONCE, next.phase() instanceof Phase.Gone);
    demand(Invariant.LEAVES_ONCE, facts.add(Fact.LEFT));
  }

  /** What is to end has its bound until it is killed, if it has one. */
  private boolean keepsStopBound(ServiceState state) {
    boolean run = has(Fact.RUN_LIVES) && !has(Fact.RUN_KILLED);
    boolean finish = has(Fact.FINISH_LIVES) && !has(Fact.FINISH_KILLED);
    boolean toEnd = (run && isEndedUnasked(state)) || (finish && state.wanted() == Wanted.REMOVED);
    return !toEnd || has(Fact.KILL_ARMED) == (stopBound(state) != null);
  }

  private static boolean isEndedUnasked(ServiceState state) {
    return outdated(state) || state.wanted() == Wanted.REMOVED;
  }

  private void reviewRules(Node next) {
    demand(Invariant.STOP_BOUND, keepsStopBound(next.state()));
    boolean bounded = next.rules().finishBound() != null;
    boolean armed = has(Fact.FINISH_ARMED);
    boolean mayEnd = !has(Fact.FINISH_LIVES) || has(Fact.FINISH_KILLED);
    demand(Invariant.FINISH_TIMER, !armed || has(Fact.FINISH_LIVES));
    demand(Invariant.FINISH_TIMER, mayEnd || armed == bounded);
    demand(Invariant.RESTART_RULE, keepsRestartRule(next));
  }

  /** What the rule says is done or failed stays down, and nothing else does. */
  private static boolean keepsRestartRule(Node node) {
    var phase = node.state().phase();
    var restart = node.rules().restart();
    boolean done = phase instanceof Phase.Down down && down.result() == Result.DONE;
    boolean completed = phase instanceof Phase.Completed;
    return (!done || restart != RestartRule.ALWAYS) && (!completed || node.rules().oneshot());
  }

  /** Whether the state tells the truth about the world that it is in now. */
  void review(Node next) {
    var state = next.state();
    var phase = state.phase();
    demand(Invariant.PHASE_IS_TRUE, has(Fact.RUN_LIVES) == phase instanceof Phase.Running);
    demand(Invariant.PHASE_IS_TRUE, has(Fact.FINISH_LIVES) == phase instanceof Phase.Finishing);
    demand(Invariant.PHASE_IS_TRUE, has(Fact.RUN_ORDERED) == phase instanceof Phase.Starting);
    demand(
        Invariant.PHASE_IS_TRUE, has(Fact.FINISH_ORDERED) == phase instanceof Phase.FinishStarting);
    boolean completed = phase instanceof Phase.Completed;
    demand(Invariant.ONE_FINISH_PER_DEATH, has(Fact.DEATH) == completed);
    demand(Invariant.COMPLETED_IS_WANTED, !completed || state.wanted() == Wanted.UP);
    demand(Invariant.FAILED_IS_NOT_WANTED, !isFailed(phase) || state.wanted() != Wanted.UP);
    demand(Invariant.ONE_SCRIPT, has(Fact.SCRIPT_LIVES) == (state.script() != null));
    demand(Invariant.LEAVES_ONCE, has(Fact.LEFT) == phase instanceof Phase.Gone);
    demand(Invariant.RESTART_TIMER, has(Fact.RESTART_ARMED) == phase.isDelayed());
    reviewRules(next);
    demand(Invariant.UP_COMES_UP, !(phase instanceof Phase.Down) || state.wanted() != Wanted.UP);
    boolean somethingLives =
        has(Fact.RUN_LIVES)
            || has(Fact.FINISH_LIVES)
            || has(Fact.SCRIPT_LIVES)
            || has(Fact.RUN_ORDERED)
            || has(Fact.FINISH_ORDERED);
    demand(Invariant.KILL_TIMER, !has(Fact.KILL_ARMED) || (somethingLives && mayBeKilled(state)));
    demand(
        Invariant.OUTDATED_IS_NO_DEATH,
        !outdated(before.state()) || late || state.quickDeaths() <= before.state().quickDeaths());
    demand(
        Invariant.REMOVAL_IS_FINAL,
        before.state().wanted() != Wanted.REMOVED || state.wanted() == Wanted.REMOVED);
    demand(
        Invariant.GONE_IS_FINAL,
        !(before.state().phase() instanceof Phase.Gone) || phase instanceof Phase.Gone);
    demand(
        Invariant.QUICK_DEATHS,
        state.quickDeaths() >= 0 && state.quickDeaths() <= Backoff.MAX_DEATHS);
  }
}
