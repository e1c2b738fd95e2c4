package org.usersvc.systemd.service;

import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.service.Phase.StopSigterm;
import org.usersvc.systemd.service.ServiceEffect.EndLeftovers;
import org.usersvc.systemd.service.ServiceEffect.Entered;
import org.usersvc.systemd.service.ServiceEffect.FindMain;
import org.usersvc.systemd.unit.ServiceType;

/** Brings a service up, step by step. Source: systemd.service(5), {@code Type=}. */
final class Starts {
  private Starts() {}

  /** Begins a run. */
  static Transition begin(ServiceState state, ServiceRules rules) {
    var fresh = Downs.fresh(state);
    return rules.commands().has(ExecStep.CONDITION)
        ? Commands.run(fresh, ExecStep.CONDITION, 0, rules)
        : conditionHolds(fresh, rules);
  }

  static Transition conditionHolds(ServiceState state, ServiceRules rules) {
    return rules.commands().has(ExecStep.START_PRE)
        ? Commands.run(state, ExecStep.START_PRE, 0, rules)
        : prepared(state, rules);
  }

  static Transition prepared(ServiceState state, ServiceRules rules) {
    if (!rules.commands().has(ExecStep.START)) {
      var phase = new Phase.Start(0);
      return Transition.to(state.at(phase), new Entered(phase)).and(next -> isUp(next, rules));
    }
    boolean mayLeave =
        rules.commands().has(ExecStep.CONDITION) || rules.commands().has(ExecStep.START_PRE);
    var clean = mayLeave ? Transition.to(state, new EndLeftovers()) : Transition.to(state);
    var run = clean.and(next -> Commands.run(next, ExecStep.START, 0, rules));
    return rules.type() == ServiceType.IDLE ? run.and(next -> isUp(next, rules)) : run;
  }

  /**
   * The program of a command is executed, which may be all that its step waits for. An idle service
   * is up before.
   */
  static Transition executed(ServiceState state, ServiceRules rules) {
    return switch (rules.type()) {
      case SIMPLE, EXEC, IDLE -> isUp(state, rules);
      case FORKING, ONESHOT, NOTIFY, NOTIFY_RELOAD, DBUS -> Transition.to(state);
    };
  }

  /** The first process of a forking service has exited well. */
  static Transition forked(ServiceState state, ServiceRules rules) {
    boolean later = awaitsPidFile(rules) && rules.commands().has(ExecStep.START_POST);
    return state.main() != null || later
        ? isUp(state, rules)
        : Transition.to(state, new FindMain());
  }

  /** Its type says that the service is up: runs the commands after the start. */
  static Transition isUp(ServiceState state, ServiceRules rules) {
    var watched =
        Transition.to(state, Commands.bound(ServiceTimer.WATCHDOG, rules.timeouts().watchdog()));
    return rules.commands().has(ExecStep.START_POST)
        ? watched.and(next -> Commands.run(next, ExecStep.START_POST, 0, rules))
        : watched.and(next -> Ups.started(next, rules));
  }

  /** The commands after the start are done. */
  static Transition followedUp(ServiceState state, ServiceRules rules) {
    boolean missing =
        rules.type() == ServiceType.FORKING
            && awaitsPidFile(rules)
            && state.main() == null
            && state.mainStatus() == null;
    return missing ? Transition.to(state, new FindMain()) : Ups.started(state, rules);
  }

  static boolean awaitsPidFile(ServiceRules rules) {
    return rules.service().main().pidFile() != null;
  }

  /** The main process of a forking service is known, or nobody can know it. */
  static Transition mainSettled(ServiceState state, ServiceRules rules) {
    return switch (state.phase()) {
      case Phase.Start _ when isSearching(state, rules) -> isUp(state, rules);
      case Phase.StartPost _ when isSearching(state, rules) -> Ups.started(state, rules);
      case Phase.Down _, Phase.Starting _, Phase.Up _ -> Transition.to(state);
      case Phase.Reloading _, Phase.Ending _ -> Transition.to(state);
    };
  }

  /** The unit has no process left while it comes up. */
  static Transition emptied(ServiceState state, ServiceRules rules) {
    if (!isSearching(state, rules)) {
      return Transition.to(state);
    }
    return awaitsPidFile(rules)
        ? Stops.signal(state, new StopSigterm(), rules, ServiceResult.PROTOCOL)
        : mainSettled(state, rules);
  }

  private static boolean isSearching(ServiceState state, ServiceRules rules) {
    boolean after =
        state.phase() instanceof Phase.Start || state.phase() instanceof Phase.StartPost;
    return after && rules.type() == ServiceType.FORKING && state.control() == null;
  }
}
