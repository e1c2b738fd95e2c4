package org.usersvc.daemon.lifecycle;

import static org.usersvc.daemon.lifecycle.Ends.backOff;
import static org.usersvc.daemon.lifecycle.Ends.died;
import static org.usersvc.daemon.lifecycle.Ends.runEnded;
import static org.usersvc.daemon.lifecycle.Ends.settle;
import static org.usersvc.daemon.lifecycle.Ends.undo;
import static org.usersvc.daemon.lifecycle.Orders.abort;
import static org.usersvc.daemon.lifecycle.Orders.bounded;
import static org.usersvc.daemon.lifecycle.Orders.bounds;
import static org.usersvc.daemon.lifecycle.Orders.closeInput;
import static org.usersvc.daemon.lifecycle.Orders.kill;
import static org.usersvc.daemon.lifecycle.Orders.killFinish;
import static org.usersvc.daemon.lifecycle.Orders.killScript;
import static org.usersvc.daemon.lifecycle.Orders.leave;
import static org.usersvc.daemon.lifecycle.Orders.prepare;
import static org.usersvc.daemon.lifecycle.Orders.prepareAnew;
import static org.usersvc.daemon.lifecycle.Orders.replace;
import static org.usersvc.daemon.lifecycle.Orders.runScript;
import static org.usersvc.daemon.lifecycle.Transition.to;

import java.time.Duration;
import java.util.List;
import org.usersvc.daemon.lifecycle.Effect.ArmRestart;
import org.usersvc.daemon.lifecycle.Effect.AwaitReady;
import org.usersvc.daemon.lifecycle.Effect.Disarm;
import org.usersvc.daemon.lifecycle.Effect.GiveUp;
import org.usersvc.daemon.lifecycle.Effect.HastenRestart;
import org.usersvc.daemon.lifecycle.Effect.KillFinish;
import org.usersvc.daemon.lifecycle.Effect.Send;
import org.usersvc.daemon.lifecycle.Effect.StartRun;
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
import org.usersvc.daemon.lifecycle.Phase.BackingOff;
import org.usersvc.daemon.lifecycle.Phase.Completed;
import org.usersvc.daemon.lifecycle.Phase.Down;
import org.usersvc.daemon.lifecycle.Phase.FinishStarting;
import org.usersvc.daemon.lifecycle.Phase.Finishing;
import org.usersvc.daemon.lifecycle.Phase.Gone;
import org.usersvc.daemon.lifecycle.Phase.Incomplete;
import org.usersvc.daemon.lifecycle.Phase.Preparing;
import org.usersvc.daemon.lifecycle.Phase.Running;
import org.usersvc.daemon.lifecycle.Phase.Settling;
import org.usersvc.daemon.lifecycle.Phase.Starting;
import org.usersvc.daemon.lifecycle.Phase.Waiting;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;

/**
 * The whole state machine of one supervised process. Pure; ServiceState has the picture and the
 * invariants.
 */
public final class Lifecycle {
  private Lifecycle() {}

  /**
   * Says what follows when an event happens in a state. Total: never throws.
   *
   * @param rules what the definition says now
   */
  public static Transition step(ServiceState state, Event event, Rules rules) {
    if (state.wanted() == Wanted.REMOVED && event instanceof Asked) {
      return to(state);
    }
    return switch (state.phase()) {
      case Down _, Incomplete _, Waiting _, BackingOff _, Settling _ ->
          whenIdle(state, event, rules);
      case Preparing _ -> whenPreparing(state, event, rules);
      case Starting _ -> whenStarting(state, event, rules);
      case Running running -> whenRunning(state, running, event, rules);
      case Completed _ -> whenCompleted(state, event);
      case FinishStarting starting -> whenFinishStarting(state, starting, event, rules);
      case Finishing finishing -> whenFinishing(state, finishing, event, rules);
      case Gone _ -> to(state);
    };
  }

  private static Transition whenIdle(ServiceState state, Event event, Rules rules) {
    return switch (event) {
      case Asked(Command command) -> idleAsked(state, command, rules);
      case TimerFired(Timer timer) when timer == Timer.RESTART && state.phase().isDelayed() ->
          prepare(state);
      case TimerFired _ -> state.wanted().leaves() ? killScript(state) : to(state);
      case DefinitionChanged _ when state.phase().isDelayed() ->
          to(state.quickDeaths(0), new HastenRestart());
      case DefinitionChanged _ when waits(state) -> prepareAnew(state);
      case DefinitionChanged _ when state.phase() instanceof Incomplete -> prepareAnew(state);
      case NeedChanged _ when state.phase().isDelayed() || waits(state) -> prepareAnew(state);
      case Stop _ -> leave(state.wanting(Wanted.REMOVED), rules);
      case InputClosed(boolean bounded) -> leave(state.inputClosed(bounded), rules);
      case ScriptEnded _ when state.wanted().leaves() -> leave(state.running(null), rules);
      case ScriptEnded _ -> to(state.running(null));
      case Hurry _ -> killScript(state);
      case DefinitionChanged _, NeedChanged _, RunStarted _, RunNotExecutable _ -> to(state);
      case RunMissing _, NeedMissing _, NeedUnsettled _, NoResources _ -> to(state);
      case BecameReady _, PromiseBroken _, MainProcess _, RunEnded _ -> to(state);
      case FinishStarted _, NoFinish _, FinishEnded _ -> to(state);
    };
  }

  private static Transition idleAsked(ServiceState state, Command command, Rules rules) {
    var next = state.commanded(command);
    if (state.wanted().isFinal()) {
      return to(next);
    }
    return switch (command) {
      case UP -> prepare(next.quickDeaths(0)).after(new Disarm(Timer.RESTART));
      case ONCE -> prepare(next).after(new Disarm(Timer.RESTART));
      case DOWN -> to(next.in(new Down()), new Disarm(Timer.RESTART));
      case EXIT -> leave(next, rules);
      case PAUSE, CONT, TERM, KILL, ALARM, HUP, INTERRUPT, QUIT, USR1, USR2 -> to(next);
    };
  }

  private static boolean waits(ServiceState state) {
    return state.phase() instanceof Waiting;
  }

  private static Transition whenPreparing(ServiceState state, Event event, Rules rules) {
    return switch (event) {
      case ScriptEnded _ when state.wanted().leaves() -> leave(state.running(null), rules);
      case ScriptEnded _ when state.script() == Command.UP ->
          to(state.running(null).in(new Starting()), new StartRun());
      case ScriptEnded _ -> prepare(state.running(null));
      case Asked(Command command) -> to(state.commanded(command));
      case Stop _ -> killScript(state.wanting(Wanted.REMOVED));
      case InputClosed(boolean bounded) -> killScript(state.inputClosed(bounded));
      case TimerFired _, DefinitionChanged _, NeedChanged _, Hurry _, RunStarted _ -> to(state);
      case RunNotExecutable _, RunMissing _, NeedMissing _ -> to(state);
      case NeedUnsettled _, NoResources _, BecameReady _, PromiseBroken _ -> to(state);
      case MainProcess _, RunEnded _, FinishStarted _, NoFinish _, FinishEnded _ -> to(state);
    };
  }

  private static Transition whenStarting(ServiceState state, Event event, Rules rules) {
    return switch (event) {
      case RunStarted(int pid) when state.wanted() == Wanted.REMOVED ->
          runScript(state.paused(false).in(new Running(pid, false, false)), Command.TERM);
      case RunStarted(int pid) ->
          to(state.paused(false).in(new Running(pid, false, false)), new AwaitReady());
      case RunNotExecutable _ -> died(state, ExitStatus.CANNOT_EXECUTE, Duration.ZERO, Next.AGAIN);
      case RunMissing _ when state.wanted() == Wanted.UP -> to(state.in(new Incomplete()));
      case NeedMissing _ when state.wanted() == Wanted.UP -> to(state.in(new Waiting()));
      case NeedUnsettled _ when state.wanted() == Wanted.UP ->
          to(state.in(new Settling()), new ArmRestart(Backoff.SETTLING));
      case RunMissing _, NeedMissing _, NeedUnsettled _ -> settle(state, Next.AGAIN, rules);
      case NoResources _ when state.wanted().leaves() -> leave(state, rules);
      case NoResources _ -> backOff(state.quickDeaths(Backoff.deathsAfter(state.quickDeaths())));
      case Asked(Command command) -> to(state.commanded(command));
      case Stop _ -> bounded(to(state.wanting(Wanted.REMOVED)), rules);
      case InputClosed(boolean bounded) -> closeInput(state, bounded, rules);
      case TimerFired(Timer timer) when timer == Timer.KILL && state.wanted().leaves() ->
          leave(state, rules).after(new GiveUp());
      case Hurry _ when state.wanted() == Wanted.REMOVED -> leave(state, rules).after(new GiveUp());
      case Hurry _, ScriptEnded _, TimerFired _, DefinitionChanged _, NeedChanged _ -> to(state);
      case BecameReady _, PromiseBroken _, MainProcess _, RunEnded _ -> to(state);
      case FinishStarted _, NoFinish _, FinishEnded _ -> to(state);
    };
  }

  private static Transition whenRunning(
      ServiceState state, Running running, Event event, Rules rules) {
    return switch (event) {
      case Asked(Command command) -> runningAsked(state, running, command, rules);
      case ScriptEnded(boolean handled) -> afterScript(state, running, handled);
      case RunEnded ended -> runEnded(state, running, ended, rules);
      case BecameReady _ -> to(state.in(running.becomingReady()));
      case MainProcess(int pid) -> to(state.in(running.continuedBy(pid)));
      case NeedChanged _ when !running.outdated() ->
          replace(state, running, Cause.NEED_CHANGED, rules);
      case Stop _ when state.script() == null ->
          bounded(runScript(state.wanting(Wanted.REMOVED), Command.TERM), rules);
      case Stop _ -> bounded(to(state.wanting(Wanted.REMOVED)), rules);
      case InputClosed(boolean bounded) -> closeInput(state, bounded, rules);
      case TimerFired(Timer timer) when timer == Timer.KILL -> kill(state, running.pid());
      case PromiseBroken(Promise promise) -> promiseBroken(state, running, promise, rules);
      case Hurry _ when state.wanted() == Wanted.REMOVED -> kill(state, running.pid());
      case DefinitionChanged _ -> to(state.quickDeaths(0));
      case NeedChanged _, TimerFired _, Hurry _, RunStarted _, RunNotExecutable _ -> to(state);
      case RunMissing _, NeedMissing _, NeedUnsettled _, NoResources _ -> to(state);
      case FinishStarted _, NoFinish _, FinishEnded _ -> to(state);
    };
  }

  private static Transition promiseBroken(
      ServiceState state, Running running, Promise promise, Rules rules) {
    if (state.wanted() != Wanted.UP || running.isEnding()) {
      return to(state);
    }
    return switch (promise) {
      case READINESS -> running.ready() ? to(state) : replace(state, running, Cause.LATE, rules);
      case LIFE -> abort(state, running, rules);
    };
  }

  private static Transition runningAsked(
      ServiceState state, Running running, Command command, Rules rules) {
    var next = state.commanded(command);
    return switch (command) {
      case UP -> running.outdated() ? to(next) : to(next, new Disarm(Timer.KILL));
      case ONCE -> to(next);
      case DOWN, EXIT -> bounded(runScript(next, Command.TERM), rules);
      case TERM, KILL, PAUSE, CONT, ALARM, HUP, INTERRUPT, QUIT, USR1, USR2 ->
          runScript(state, command);
    };
  }

  /** Does what the letter says, after its control script has ended (runsv.c:208-260). */
  private static Transition afterScript(ServiceState state, Running running, boolean handled) {
    var command = state.script();
    if (command == null) {
      return to(state);
    }
    var signal = command.signal();
    var sent = handled ? null : signal;
    var now = sent == null ? running : running.commanded(command);
    var next = state.running(null).in(now).commanded(command);
    Transition rest =
        switch (command) {
          case TERM -> continueStopping(next, now);
          case EXIT -> to(next);
          case UP, DOWN, ONCE, KILL, PAUSE, CONT, ALARM, HUP, INTERRUPT, QUIT, USR1, USR2 ->
              mustEnd(next, now) ? runScript(next, Command.TERM) : to(next);
        };
    return sent == null ? rest : rest.after(new Send(running.pid(), sent));
  }

  /** Whether TERM is still due; a control script has delayed it. */
  private static boolean mustEnd(ServiceState state, Running running) {
    return state.wanted() == Wanted.REMOVED || (running.outdated() && !running.termSent());
  }

  private static Transition continueStopping(ServiceState state, Running running) {
    int pid = running.pid();
    return switch (state.wanted()) {
      case UP -> running.outdated() ? to(state, new Send(pid, Signal.CONT)) : to(state);
      case DOWN -> runScript(state, Command.DOWN).after(new Send(pid, Signal.CONT));
      case EXIT, DRAINED, REMOVED ->
          runScript(state, Command.EXIT).after(new Send(pid, Signal.CONT));
    };
  }

  private static Transition whenCompleted(ServiceState state, Event event) {
    return switch (event) {
      case Asked(Command command) -> completedAsked(state, command);
      case NeedChanged _ -> undo(state);
      case Stop _ -> undo(state.wanting(Wanted.REMOVED));
      case InputClosed(boolean bounded) -> undo(state.inputClosed(bounded));
      case ScriptEnded _ -> to(state.running(null));
      case Hurry _ -> killScript(state);
      case TimerFired _, DefinitionChanged _, RunStarted _, RunNotExecutable _ -> to(state);
      case RunMissing _, NeedMissing _, NeedUnsettled _, NoResources _ -> to(state);
      case BecameReady _, PromiseBroken _, MainProcess _, RunEnded _ -> to(state);
      case FinishStarted _, NoFinish _, FinishEnded _ -> to(state);
    };
  }

  private static Transition completedAsked(ServiceState state, Command command) {
    return switch (command) {
      case DOWN, EXIT, TERM, KILL -> undo(state.commanded(command));
      case UP, ONCE, ALARM, HUP, INTERRUPT, QUIT, USR1, USR2 -> to(state);
      case PAUSE, CONT -> to(state.commanded(command));
    };
  }

  private static Transition whenFinishStarting(
      ServiceState state, FinishStarting starting, Event event, Rules rules) {
    return switch (event) {
      case FinishStarted(int pid) ->
          bounds(to(state.paused(false).in(new Finishing(pid, starting.next()))), rules);
      case NoFinish _ -> settle(state, starting.next(), rules);
      case Asked(Command command) when command == Command.UP ->
          to(state.commanded(command).in(new FinishStarting(starting.next().whenAskedUp())));
      case Asked(Command command) -> to(state.commanded(command));
      case Stop _ -> bounded(to(state.wanting(Wanted.REMOVED)), rules);
      case InputClosed(boolean bounded) -> closeInput(state, bounded, rules);
      case TimerFired(Timer timer) when timer == Timer.KILL && state.wanted().leaves() ->
          settle(state, starting.next(), rules).after(new GiveUp());
      case Hurry _ when state.wanted() == Wanted.REMOVED ->
          settle(state, starting.next(), rules).after(new GiveUp());
      case ScriptEnded _ -> to(state.running(null));
      case TimerFired _, DefinitionChanged _, NeedChanged _, Hurry _, RunStarted _ -> to(state);
      case RunNotExecutable _, RunMissing _, NeedMissing _ -> to(state);
      case NeedUnsettled _, NoResources _, BecameReady _, PromiseBroken _ -> to(state);
      case MainProcess _, RunEnded _, FinishEnded _ -> to(state);
    };
  }

  private static Transition whenFinishing(
      ServiceState state, Finishing finishing, Event event, Rules rules) {
    return switch (event) {
      case FinishEnded(boolean permanent) ->
          settle(state, permanent ? Next.NEVER : finishing.next(), rules)
              .after(new Disarm(Timer.FINISH));
      case Asked(Command command) when command == Command.UP ->
          to(
              state
                  .commanded(command)
                  .in(new Finishing(finishing.pid(), finishing.next().whenAskedUp())),
              new Disarm(Timer.KILL));
      case Asked(Command command) when command == Command.DOWN || command == Command.EXIT ->
          bounded(to(state.commanded(command)), rules);
      case Asked(Command command) when command == Command.KILL ->
          killFinish(state, finishing.pid());
      case Asked(Command command) -> to(state.commanded(command));
      case NeedChanged _ when finishing.next() == Next.LATER ->
          to(state.quickDeaths(0).in(new Finishing(finishing.pid(), Next.AGAIN)));
      case DefinitionChanged _ when finishing.next() == Next.LATER -> to(state.quickDeaths(1));
      case DefinitionChanged _, NeedChanged _ -> to(state.quickDeaths(0));
      case ScriptEnded _ -> to(state.running(null));
      case Stop _ -> bounded(to(state.wanting(Wanted.REMOVED)), rules);
      case InputClosed(boolean bounded) -> closeInput(state, bounded, rules);
      case TimerFired(Timer timer) when timer == Timer.KILL -> killFinish(state, finishing.pid());
      case TimerFired(Timer timer) when timer == Timer.FINISH ->
          to(state, new KillFinish(finishing.pid()));
      case Hurry _ when state.wanted() == Wanted.REMOVED -> killFinish(state, finishing.pid());
      case TimerFired _, Hurry _, RunStarted _, RunNotExecutable _ -> to(state);
      case RunMissing _, NeedMissing _, NeedUnsettled _, NoResources _ -> to(state);
      case BecameReady _, PromiseBroken _, MainProcess _, RunEnded _ -> to(state);
      case FinishStarted _, NoFinish _ -> to(state);
    };
  }

  /** The timers to arm for a process that an earlier daemon has left in that state. */
  public static List<Effect> resume(ServiceState state, Rules rules) {
    return switch (state.phase()) {
      case Finishing _ -> bounds(to(state), rules).effects();
      case Running running when running.isEnding() -> bounded(to(state), rules).effects();
      case Down _, Incomplete _, Waiting _, Preparing _, Starting _, Running _ -> List.of();
      case Completed _, FinishStarting _, BackingOff _, Settling _, Gone _ -> List.of();
    };
  }
}
