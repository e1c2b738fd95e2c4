package org.usersvc.daemon.lifecycle;

import static org.usersvc.daemon.lifecycle.Transition.to;

import org.usersvc.daemon.lifecycle.Effect.ArmFinish;
import org.usersvc.daemon.lifecycle.Effect.ArmKill;
import org.usersvc.daemon.lifecycle.Effect.Disarm;
import org.usersvc.daemon.lifecycle.Effect.KillFinish;
import org.usersvc.daemon.lifecycle.Effect.KillScript;
import org.usersvc.daemon.lifecycle.Effect.Leave;
import org.usersvc.daemon.lifecycle.Effect.RunScript;
import org.usersvc.daemon.lifecycle.Effect.Send;
import org.usersvc.daemon.lifecycle.Phase.Down;
import org.usersvc.daemon.lifecycle.Phase.Gone;
import org.usersvc.daemon.lifecycle.Phase.Preparing;
import org.usersvc.daemon.lifecycle.Phase.Running;
import org.usersvc.daemon.model.Signal;

/** Orders that belong together, whatever event has led to them. */
final class Orders {
  private Orders() {}

  static Transition runScript(ServiceState state, Command command) {
    return to(state.running(command), new RunScript(command));
  }

  /** Runs control/u, then run; waits before that for a control script that still runs. */
  static Transition prepare(ServiceState state) {
    var next = state.in(new Preparing());
    return state.script() == null ? runScript(next, Command.UP) : to(next);
  }

  static Transition prepareAnew(ServiceState state) {
    return prepare(state.quickDeaths(0)).after(new Disarm(Timer.RESTART));
  }

  /** Ends supervision as soon as no control script runs. */
  static Transition leave(ServiceState state, Rules rules) {
    if (state.script() != null) {
      return bounded(to(state.in(new Down()), new Disarm(Timer.RESTART)), rules);
    }
    return to(state.in(new Gone()), new Disarm(Timer.RESTART), new Disarm(Timer.KILL), new Leave());
  }

  static Transition kill(ServiceState state, int pid) {
    return killScript(state).then(new Send(pid, Signal.KILL));
  }

  static Transition killFinish(ServiceState state, int pid) {
    return killScript(state).then(new KillFinish(pid));
  }

  static Transition killScript(ServiceState state) {
    return state.script() == null ? to(state) : to(state, new KillScript());
  }

  /** Arms the bound of a process, if it is to end and has one. */
  static Transition bounded(Transition ordered, Rules rules) {
    var state = ordered.next();
    boolean outdated = state.phase() instanceof Running running && running.outdated();
    boolean unasked = outdated || state.wanted() == Wanted.REMOVED;
    var bound = unasked || state.wanted() != Wanted.UP ? rules.boundOfStop(unasked) : null;
    return bound == null ? ordered : ordered.then(new ArmKill(bound));
  }

  /** Closes the input of a logger, which reads the rest and ends by itself. */
  static Transition closeInput(ServiceState state, boolean bounded, Rules rules) {
    var next = to(state.inputClosed(bounded));
    return bounded ? bounded(next, rules) : next;
  }

  /** Arms the bounds: that of run if it is to end, and that of finish. */
  static Transition bounds(Transition ordered, Rules rules) {
    var finish = rules.finishBound();
    var all = bounded(ordered, rules);
    return finish == null ? all : all.then(new ArmFinish(finish));
  }

  static Transition abort(ServiceState state, Running running, Rules rules) {
    var next = state.in(running.outdatedBy(Cause.SILENT));
    return bounded(to(next, new Send(running.pid(), Signal.ABRT)), rules);
  }

  /** Ends an outdated run; its end is then treated like any other. */
  static Transition replace(ServiceState state, Running running, Cause cause, Rules rules) {
    var next = state.in(running.outdatedBy(cause));
    return bounded(state.script() == null ? runScript(next, Command.TERM) : to(next), rules);
  }
}
