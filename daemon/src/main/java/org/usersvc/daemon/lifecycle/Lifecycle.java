package org.usersvc.daemon.lifecycle;

import static org.usersvc.daemon.lifecycle.Transition.to;

import java.time.Duration;
import org.usersvc.daemon.lifecycle.Effect.ArmKill;
import org.usersvc.daemon.lifecycle.Effect.ArmRestart;
import org.usersvc.daemon.lifecycle.Effect.AwaitReady;
import org.usersvc.daemon.lifecycle.Effect.Disarm;
import org.usersvc.daemon.lifecycle.Effect.EndLeftovers;
import org.usersvc.daemon.lifecycle.Effect.GiveUp;
import org.usersvc.daemon.lifecycle.Effect.HastenRestart;
import org.usersvc.daemon.lifecycle.Effect.KillScript;
import org.usersvc.daemon.lifecycle.Effect.Leave;
import org.usersvc.daemon.lifecycle.Effect.RunScript;
import org.usersvc.daemon.lifecycle.Effect.Send;
import org.usersvc.daemon.lifecycle.Effect.StartFinish;
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
import org.usersvc.daemon.lifecycle.Event.RunCompleted;
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
import org.usersvc.daemon.lifecycle.Phase.Starting;
import org.usersvc.daemon.lifecycle.Phase.Waiting;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;

/** The whole state machine of one supervised process. Pure; the picture is at ServiceState. */
public final class Lifecycle {
  private Lifecycle() {}

  /** What follows when {@code event} happens in {@code state}. Total: never throws. */
  public static Transition step(ServiceState state, Event event) {
    if (state.wanted() == Wanted.REMOVED && event instanceof Asked) {
      return to(state);
    }
    return switch (state.phase()) {
      case Down _, Incomplete _, Waiting _, BackingOff _ -> whenIdle(state, event);
      case Preparing _ -> whenPreparing(state, event);
      case Starting _ -> whenStarting(state, event);
      case Running running -> whenRunning(state, running, event);
      case Completed _ -> whenCompleted(state, event);
      case FinishStarting starting -> whenFinishStarting(state, starting, event);
      case Finishing finishing -> whenFinishing(state, finishing, event);
      case Gone _ -> to(state);
    };
  }

  private static Transition whenIdle(ServiceState state, Event event) {
    return switch (event) {
      case Asked(Command command) -> idleAsked(state, command);
      case TimerFired(Timer timer) when timer == Timer.RESTART && backsOff(state) -> prepare(state);
      case TimerFired _ -> state.wanted().leaves() ? killScript(state) : to(state);
      case DefinitionChanged _ when backsOff(state) ->
          to(state.quickDeaths(0), new HastenRestart());
      case DefinitionChanged _ when waits(state) -> prepareAnew(state);
      case DefinitionChanged _ when state.phase() instanceof Incomplete -> prepareAnew(state);
      case NeedChanged _ when backsOff(state) || waits(state) -> prepareAnew(state);
      case Stop _ -> leave(state.wanting(Wanted.REMOVED));
      case InputClosed(boolean bounded) -> leave(state.inputClosed(bounded));
      case ScriptEnded _ when state.wanted().leaves() -> leave(state.running(null));
      case ScriptEnded _ -> to(state.running(null));
      case Hurry _ -> killScript(state);
      case DefinitionChanged _, NeedChanged _, RunStarted _, RunNotExecutable _ -> to(state);
      case RunMissing _, NeedMissing _, NeedUnsettled _, NoResources _ -> to(state);
      case BecameReady _, MainProcess _, RunEnded _, RunCompleted _ -> to(state);
      case FinishStarted _, NoFinish _, FinishEnded _ -> to(state);
    };
  }

  private static Transition idleAsked(ServiceState state, Command command) {
    var next = state.told(command);
    if (state.wanted().isFinal()) {
      return to(next);
    }
    return switch (command) {
      case UP -> prepare(next.quickDeaths(0)).after(new Disarm(Timer.RESTART));
      case ONCE -> prepare(next).after(new Disarm(Timer.RESTART));
      case DOWN -> to(next.in(new Down(false)), new Disarm(Timer.RESTART));
      case EXIT -> leave(next);
      case PAUSE, CONT, TERM, KILL, ALARM, HUP, INTERRUPT, QUIT, USR1, USR2 -> to(next);
    };
  }

  private static boolean backsOff(ServiceState state) {
    return state.phase() instanceof BackingOff;
  }

  private static boolean waits(ServiceState state) {
    return state.phase() instanceof Waiting;
  }

  private static Transition prepareAnew(ServiceState state) {
    return prepare(state.quickDeaths(0)).after(new Disarm(Timer.RESTART));
  }

  private static Transition whenPreparing(ServiceState state, Event event) {
    return switch (event) {
      case ScriptEnded _ when state.wanted().leaves() -> leave(state.running(null));
      case ScriptEnded _ when state.script() == Command.UP ->
          to(state.running(null).in(new Starting()), new StartRun());
      case ScriptEnded _ -> prepare(state.running(null));
      case Asked(Command command) -> to(state.told(command));
      case Stop _ -> killScript(state.wanting(Wanted.REMOVED));
      case InputClosed(boolean bounded) -> killScript(state.inputClosed(bounded));
      case TimerFired _, DefinitionChanged _, NeedChanged _, Hurry _, RunStarted _ -> to(state);
      case RunNotExecutable _, RunMissing _, NeedMissing _ -> to(state);
      case NeedUnsettled _, NoResources _, BecameReady _, MainProcess _ -> to(state);
      case RunEnded _, RunCompleted _, FinishStarted _, NoFinish _, FinishEnded _ -> to(state);
    };
  }

  private static Transition whenStarting(ServiceState state, Event event) {
    return switch (event) {
      case RunStarted(int pid) when state.wanted() == Wanted.REMOVED ->
          runScript(state.paused(false).in(new Running(pid, false, false, false)), Command.TERM);
      case RunStarted(int pid) ->
          to(state.paused(false).in(new Running(pid, false, false, false)), new AwaitReady());
      case RunNotExecutable _ ->
          died(state, new RunEnded(ExitStatus.CANNOT_EXECUTE, Duration.ZERO, Next.AGAIN));
      case RunMissing _ when state.wanted() == Wanted.UP -> to(state.in(new Incomplete()));
      case NeedMissing _ when state.wanted() == Wanted.UP -> to(state.in(new Waiting()));
      case NeedUnsettled _ when state.wanted() == Wanted.UP ->
          to(state.in(new BackingOff()), new ArmRestart(Backoff.SETTLING));
      case RunMissing _, NeedMissing _, NeedUnsettled _ -> settle(state, Next.AGAIN);
      case NoResources _ when state.wanted().leaves() -> leave(state);
      case NoResources _ -> backOff(state.quickDeaths(Backoff.deathsAfter(state.quickDeaths())));
      case Asked(Command command) -> to(state.told(command));
      case Stop _ -> to(state.wanting(Wanted.REMOVED), new ArmKill());
      case InputClosed(boolean bounded) when bounded -> to(state.inputClosed(true), new ArmKill());
      case InputClosed _ -> to(state.inputClosed(false));
      case TimerFired(Timer timer) when timer == Timer.KILL && state.wanted().leaves() ->
          leave(state).after(new GiveUp());
      case Hurry _ when state.wanted() == Wanted.REMOVED -> leave(state).after(new GiveUp());
      case Hurry _, ScriptEnded _, TimerFired _, DefinitionChanged _, NeedChanged _ -> to(state);
      case BecameReady _, MainProcess _, RunEnded _, RunCompleted _ -> to(state);
      case FinishStarted _, NoFinish _, FinishEnded _ -> to(state);
    };
  }

  private static Transition whenRunning(ServiceState state, Running running, Event event) {
    return switch (event) {
      case Asked(Command command) -> runningAsked(state, running, command);
      case ScriptEnded(boolean handled) -> afterScript(state, running, handled);
      case RunEnded ended when running.isEnding() && ended.next() == Next.AGAIN ->
          finish(state, ended.status(), Next.AGAIN);
      case RunEnded ended -> died(state, ended);
      case RunCompleted _ when state.wanted() == Wanted.UP && !running.outdated() ->
          to(state.quickDeaths(0).in(new Completed()), new Disarm(Timer.KILL), new EndLeftovers());
      case RunCompleted _ -> finish(state, ExitStatus.exited(0), Next.AGAIN);
      case BecameReady _ -> to(state.in(running.becomingReady()));
      case MainProcess(int pid) -> to(state.in(running.continuedBy(pid)));
      case NeedChanged _ when !running.outdated() -> replace(state, running);
      case Stop _ when state.script() == null ->
          runScript(state.wanting(Wanted.REMOVED), Command.TERM).then(new ArmKill());
      case Stop _ -> to(state.wanting(Wanted.REMOVED), new ArmKill());
      case InputClosed(boolean bounded) when bounded -> to(state.inputClosed(true), new ArmKill());
      case InputClosed _ -> to(state.inputClosed(false));
      case TimerFired(Timer timer) when timer != Timer.RESTART -> timeIsUp(state, running, timer);
      case Hurry _ when state.wanted() == Wanted.REMOVED -> kill(state, running.pid());
      case DefinitionChanged _ -> to(state.quickDeaths(0));
      case NeedChanged _, TimerFired _, Hurry _, RunStarted _, RunNotExecutable _ -> to(state);
      case RunMissing _, NeedMissing _, NeedUnsettled _, NoResources _ -> to(state);
      case FinishStarted _, NoFinish _, FinishEnded _ -> to(state);
    };
  }

  private static Transition timeIsUp(ServiceState state, Running running, Timer timer) {
    return switch (timer) {
      case KILL -> kill(state, running.pid());
      case READY -> running.ready() || running.outdated() ? to(state) : replace(state, running);
      case WATCHDOG ->
          to(state.in(running.becomingOutdated()), new Send(running.pid(), Signal.ABRT))
              .then(new ArmKill());
      case RESTART -> to(state);
    };
  }

  /** Ends a run that is no longer as it should be; what follows is as after any other end. */
  private static Transition replace(ServiceState state, Running running) {
    var next = state.in(running.becomingOutdated());
    return (state.script() == null ? runScript(next, Command.TERM) : to(next)).then(new ArmKill());
  }

  private static Transition runningAsked(ServiceState state, Running running, Command command) {
    var next = state.told(command);
    return switch (command) {
      case UP -> running.outdated() ? to(next) : to(next, new Disarm(Timer.KILL));
      case ONCE -> to(next);
      case DOWN, EXIT -> runScript(next, Command.TERM).then(new ArmKill());
      case TERM, KILL, PAUSE, CONT, ALARM, HUP, INTERRUPT, QUIT, USR1, USR2 ->
          runScript(state, command);
    };
  }

  /** What the letter does once its control script has had its say (runsv.c:208-260). */
  private static Transition afterScript(ServiceState state, Running running, boolean handled) {
    var command = state.script();
    if (command == null) {
      return to(state);
    }
    var signal = command.signal();
    var sent = handled ? null : signal;
    var now = sent == null ? running : running.told(command);
    var next = state.running(null).in(now).told(command);
    Transition rest =
        switch (command) {
          case TERM -> continueStopping(next, now);
          case EXIT -> to(next);
          case UP, DOWN, ONCE, KILL, PAUSE, CONT, ALARM, HUP, INTERRUPT, QUIT, USR1, USR2 ->
              mustEnd(next, now) ? runScript(next, Command.TERM) : to(next);
        };
    return sent == null ? rest : rest.after(new Send(running.pid(), sent));
  }

  /** Whether TERM has still to come, after the script that was in its way. */
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
      case BecameReady _, MainProcess _, RunEnded _, RunCompleted _ -> to(state);
      case FinishStarted _, NoFinish _, FinishEnded _ -> to(state);
    };
  }

  private static Transition completedAsked(ServiceState state, Command command) {
    return switch (command) {
      case DOWN, EXIT, TERM, KILL -> undo(state.told(command));
      case UP, ONCE, ALARM, HUP, INTERRUPT, QUIT, USR1, USR2 -> to(state);
      case PAUSE, CONT -> to(state.told(command));
    };
  }

  /** What a oneshot has done ends with finish; whether it is done anew is decided afterwards. */
  private static Transition undo(ServiceState state) {
    return finish(state, ExitStatus.exited(0), Next.AGAIN);
  }

  private static Transition whenFinishStarting(
      ServiceState state, FinishStarting starting, Event event) {
    return switch (event) {
      case FinishStarted(int pid) ->
          to(state.paused(false).in(new Finishing(pid, starting.next())), new ArmKill());
      case NoFinish _ -> settle(state, starting.next());
      case Asked(Command command) -> to(state.told(command));
      case Stop _ -> to(state.wanting(Wanted.REMOVED), new ArmKill());
      case InputClosed(boolean bounded) when bounded -> to(state.inputClosed(true), new ArmKill());
      case InputClosed _ -> to(state.inputClosed(false));
      case TimerFired(Timer timer) when timer == Timer.KILL && state.wanted().leaves() ->
          settle(state, starting.next()).after(new GiveUp());
      case Hurry _ when state.wanted() == Wanted.REMOVED ->
          settle(state, starting.next()).after(new GiveUp());
      case ScriptEnded _ -> to(state.running(null));
      case TimerFired _, DefinitionChanged _, NeedChanged _, Hurry _, RunStarted _ -> to(state);
      case RunNotExecutable _, RunMissing _, NeedMissing _ -> to(state);
      case NeedUnsettled _, NoResources _, BecameReady _, MainProcess _ -> to(state);
      case RunEnded _, RunCompleted _, FinishEnded _ -> to(state);
    };
  }

  private static Transition whenFinishing(ServiceState state, Finishing finishing, Event event) {
    return switch (event) {
      case FinishEnded(boolean permanent) ->
          settle(state, permanent ? Next.NEVER : finishing.next());
      case Asked(Command command) when command == Command.UP ->
          to(state.told(command), new Disarm(Timer.KILL));
      case Asked(Command command) when command == Command.DOWN || command == Command.EXIT ->
          to(state.told(command), new ArmKill());
      case Asked(Command command) -> to(state.told(command));
      case NeedChanged _ when finishing.next() == Next.LATER ->
          to(state.quickDeaths(0).in(new Finishing(finishing.pid(), Next.AGAIN)));
      case DefinitionChanged _ when finishing.next() == Next.LATER -> to(state.quickDeaths(1));
      case DefinitionChanged _, NeedChanged _ -> to(state.quickDeaths(0));
      case ScriptEnded _ -> to(state.running(null));
      case Stop _ -> to(state.wanting(Wanted.REMOVED), new ArmKill());
      case InputClosed(boolean bounded) when bounded -> to(state.inputClosed(true), new ArmKill());
      case InputClosed _ -> to(state.inputClosed(false));
      case TimerFired(Timer timer) when timer == Timer.KILL -> kill(state, finishing.pid());
      case Hurry _ when state.wanted() == Wanted.REMOVED -> kill(state, finishing.pid());
      case TimerFired _, Hurry _, RunStarted _, RunNotExecutable _ -> to(state);
      case RunMissing _, NeedMissing _, NeedUnsettled _, NoResources _ -> to(state);
      case BecameReady _, MainProcess _, RunEnded _, RunCompleted _ -> to(state);
      case FinishStarted _, NoFinish _ -> to(state);
    };
  }

  private static Transition runScript(ServiceState state, Command command) {
    return to(state.running(command), new RunScript(command));
  }

  /** control/u, then run; after the script that still runs, if one does. */
  private static Transition prepare(ServiceState state) {
    var next = state.in(new Preparing());
    return state.script() == null ? runScript(next, Command.UP) : to(next);
  }

  private static Transition died(ServiceState state, RunEnded ended) {
    var counted = ended.next() == Next.LATER ? Duration.ZERO : ended.ranFor();
    boolean quick = counted.compareTo(Backoff.QUICK) < 0;
    var next = quick && ended.next() == Next.AGAIN ? Next.LATER : ended.next();
    int deaths = Backoff.deathsAfter(state.quickDeaths(), counted);
    return finish(state.quickDeaths(deaths), ended.status(), next);
  }

  private static Transition finish(ServiceState state, ExitStatus status, Next next) {
    return to(state.in(new FinishStarting(next)), new Disarm(Timer.KILL), new StartFinish(status));
  }

  /** Neither run nor finish lives any more: up again, down, or gone. */
  private static Transition settle(ServiceState state, Next next) {
    var rest =
        switch (state.wanted()) {
          case UP -> startAnew(state, next);
          case DOWN -> to(state.in(new Down(false)));
          case EXIT, DRAINED, REMOVED -> leave(state);
        };
    return rest.after(new Disarm(Timer.KILL), new EndLeftovers());
  }

  private static Transition startAnew(ServiceState state, Next next) {
    return switch (next) {
      case AGAIN -> prepare(state);
      case LATER -> backOff(state);
      case DONE, NEVER -> to(state.wanting(Wanted.DOWN).in(new Down(next == Next.NEVER)));
    };
  }

  private static Transition backOff(ServiceState state) {
    return to(state.in(new BackingOff()), new ArmRestart(Backoff.delay(state.quickDeaths())));
  }

  /** Gone, once the control script that still runs has ended. */
  private static Transition leave(ServiceState state) {
    if (state.script() != null) {
      return to(state.in(new Down(false)), new Disarm(Timer.RESTART), new ArmKill());
    }
    return to(state.in(new Gone()), new Disarm(Timer.RESTART), new Disarm(Timer.KILL), new Leave());
  }

  private static Transition kill(ServiceState state, int pid) {
    return killScript(state).then(new Send(pid, Signal.KILL));
  }

  private static Transition killScript(ServiceState state) {
    return state.script() == null ? to(state) : to(state, new KillScript());
  }
}
