package org.usersvc.daemon.lifecycle;

import static org.usersvc.daemon.lifecycle.Orders.leave;
import static org.usersvc.daemon.lifecycle.Orders.prepare;
import static org.usersvc.daemon.lifecycle.Transition.to;

import java.time.Duration;
import org.usersvc.daemon.lifecycle.Effect.ArmRestart;
import org.usersvc.daemon.lifecycle.Effect.Disarm;
import org.usersvc.daemon.lifecycle.Effect.EndLeftovers;
import org.usersvc.daemon.lifecycle.Effect.StartFinish;
import org.usersvc.daemon.lifecycle.Event.RunEnded;
import org.usersvc.daemon.lifecycle.Phase.BackingOff;
import org.usersvc.daemon.lifecycle.Phase.Completed;
import org.usersvc.daemon.lifecycle.Phase.Down;
import org.usersvc.daemon.lifecycle.Phase.FinishStarting;
import org.usersvc.daemon.lifecycle.Phase.Running;
import org.usersvc.daemon.model.ExitStatus;

/**
 * Decides what follows the end of run: finish, then a start, a delay, or the end of supervision.
 */
final class Ends {
  private Ends() {}

  /**
   * Decides what the end of run means. An ordered end is no death, whatever the status; what is
   * wanted decides about a new start. The end is a death if run broke a promise.
   */
  static Transition runEnded(ServiceState state, Running running, RunEnded ended, Rules rules) {
    var status = ended.status();
    if (rules.complete(running, status)) {
      return state.wanted() == Wanted.UP ? complete(state) : finish(state, status, Next.AGAIN);
    }
    if (running.cause().isFailure()) {
      return died(state, status, ended.ranFor(), rules.afterBreach());
    }
    if (running.isEnding()) {
      boolean stable = ended.ranFor().compareTo(Backoff.STABLE) >= 0;
      return finish(stable ? state.quickDeaths(0) : state, status, Next.AGAIN);
    }
    return died(state, status, ended.ranFor(), rules.afterEnd(status));
  }

  private static Transition complete(ServiceState state) {
    return to(state.quickDeaths(0).in(new Completed()), new Disarm(Timer.KILL), new EndLeftovers());
  }

  static Transition died(ServiceState state, ExitStatus status, Duration ranFor, Next next) {
    var counted = next == Next.LATER ? Duration.ZERO : ranFor;
    boolean quick = counted.compareTo(Backoff.QUICK) < 0;
    int deaths = Backoff.deathsAfter(state.quickDeaths(), counted);
    return finish(
        state.quickDeaths(deaths), status, quick && next == Next.AGAIN ? Next.LATER : next);
  }

  static Transition finish(ServiceState state, ExitStatus status, Next next) {
    return to(state.in(new FinishStarting(next)), new Disarm(Timer.KILL), new StartFinish(status));
  }

  /** Decides what follows when neither run nor finish lives: up again, down, or gone. */
  static Transition settle(ServiceState state, Next next, Rules rules) {
    var rest =
        switch (state.wanted()) {
          case UP -> startAnew(state, next);
          case DOWN -> to(state.in(new Down()));
          case EXIT, DRAINED, REMOVED -> leave(state, rules);
        };
    return rest.after(new Disarm(Timer.KILL), new EndLeftovers());
  }

  private static Transition startAnew(ServiceState state, Next next) {
    return switch (next) {
      case AGAIN -> prepare(state);
      case LATER -> backOff(state);
      case DONE -> to(state.wanting(Wanted.DOWN).in(new Down(Result.DONE)));
      case NEVER -> to(state.wanting(Wanted.DOWN).in(new Down(Result.FAILED)));
    };
  }

  static Transition backOff(ServiceState state) {
    return to(state.in(new BackingOff()), new ArmRestart(Backoff.delay(state.quickDeaths())));
  }

  /** Runs finish of a completed oneshot; whether the oneshot is run again is decided afterwards. */
  static Transition undo(ServiceState state) {
    return finish(state, ExitStatus.exited(0), Next.AGAIN);
  }
}
