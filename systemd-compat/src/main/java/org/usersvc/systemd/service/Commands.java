package org.usersvc.systemd.service;

import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.service.ServiceEffect.Abandon;
import org.usersvc.systemd.service.ServiceEffect.Arm;
import org.usersvc.systemd.service.ServiceEffect.Disarm;
import org.usersvc.systemd.service.ServiceEffect.Entered;
import org.usersvc.systemd.service.ServiceEffect.RunCommand;

/** Runs the commands of a unit. */
final class Commands {
  private Commands() {}

  /** Runs a command of a step; each has the whole time that the unit gives. */
  static Transition run(ServiceState state, ExecStep step, int index, ServiceRules rules) {
    var slot = Slot.of(step, rules.type());
    var phase = phase(step, index);
    var effects = new ArrayList<ServiceEffect>();
    if (state.in(slot) != null) {
      effects.add(new Abandon(slot, false));
    }
    var next = state.at(phase).with(slot, new Child.Ordered());
    if (slot == Slot.MAIN) {
      next = next.mainStatus(null);
    }
    if (index == 0) {
      effects.add(new Entered(phase));
    }
    effects.add(bound(ServiceTimer.PHASE, timeout(step, rules)));
    effects.add(
        new RunCommand(
            step, rules.commands().of(step).get(index), ResultVariables.of(state, step)));
    return new Transition(next, effects);
  }

  /** Runs the command after that one. Null if it was the last. */
  static @Nullable Transition runNext(
      ServiceState state, ExecStep step, int index, ServiceRules rules) {
    boolean more = index + 1 < rules.commands().of(step).size();
    return more ? run(state, step, index + 1, rules) : null;
  }

  private static Phase phase(ExecStep step, int index) {
    return switch (step) {
      case CONDITION -> new Phase.Condition(index);
      case START_PRE -> new Phase.StartPre(index);
      case START -> new Phase.Start(index);
      case START_POST -> new Phase.StartPost(index);
      case RELOAD -> new Phase.Reload(index);
      case RELOAD_POST -> new Phase.ReloadPost(index);
      case STOP -> new Phase.Stop(index);
      case STOP_POST -> new Phase.StopPost(index);
      case STOP_PRE -> throw new IllegalArgumentException("a service has no " + step.directive());
    };
  }

  private static @Nullable Duration timeout(ExecStep step, ServiceRules rules) {
    return switch (step) {
      case STOP_PRE, STOP, STOP_POST -> rules.timeouts().stop();
      case CONDITION, START_PRE, START, START_POST -> rules.timeouts().start();
      case RELOAD, RELOAD_POST -> rules.timeouts().start();
    };
  }

  /** Arms a timer, or disarms it if there is no bound. */
  static ServiceEffect bound(ServiceTimer timer, @Nullable Duration after) {
    return after == null ? new Disarm(timer) : new Arm(timer, after);
  }
}
