package org.usersvc.systemd.service;

import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.service.Phase.FinalSigterm;
import org.usersvc.systemd.service.Phase.StopSigterm;
import org.usersvc.systemd.service.ServiceState.Fact;
import org.usersvc.systemd.syntax.CommandLine;
import org.usersvc.systemd.unit.NotifySettings.Access;
import org.usersvc.systemd.unit.ServiceType;

/** What follows the end of the main process, and that of a command. */
final class Exits {
  private Exits() {}

  /** The main process has ended. */
  static Transition mainEnded(ServiceState before, ExitStatus status, ServiceRules rules) {
    var found =
        ignoresMain(before.phase(), rules) ? ServiceResult.SUCCESS : CleanEnd.ofMain(status, rules);
    return mainGone(before.mainStatus(status), found, rules);
  }

  private static boolean ignoresMain(Phase phase, ServiceRules rules) {
    var commands = rules.commands().of(ExecStep.START);
    if (phase instanceof Phase.Start(int index) && rules.type() == ServiceType.ONESHOT) {
      return commands.get(index).ignoresFailure();
    }
    return rules.type() != ServiceType.FORKING
        && !commands.isEmpty()
        && commands.stream().allMatch(CommandLine::ignoresFailure);
  }

  /** There is no main process any more, or none has come up. */
  static Transition mainGone(ServiceState before, ServiceResult found, ServiceRules rules) {
    var state = before.with(Slot.MAIN, null).and(found);
    return switch (state.phase()) {
      case Phase.Start(int index) -> startEnded(state, index, found, rules);
      case Phase.Running _ -> Ups.review(state, rules);
      case Phase.ReloadSignal _, Phase.ReloadNotify _ -> Ups.reloadOver(state, rules);
      case Phase.Killing killing -> Stops.ended(state, killing, rules);
      case Phase.Down _, Phase.Condition _, Phase.StartPre _, Phase.StartPost _ ->
          Transition.to(state);
      case Phase.Exited _, Phase.Reload _, Phase.ReloadPost _ -> Transition.to(state);
      case Phase.Stop _, Phase.StopPost _ -> Transition.to(state);
    };
  }

  /** The main process has ended before its type says that the service is up. */
  private static Transition startEnded(
      ServiceState state, int index, ServiceResult found, ServiceRules rules) {
    if (found != ServiceResult.SUCCESS) {
      return fail(state, found, rules);
    }
    return switch (rules.type()) {
      case ONESHOT -> {
        var more = Commands.runNext(state, ExecStep.START, index, rules);
        yield more != null ? more : Starts.isUp(state, rules);
      }
      case NOTIFY, NOTIFY_RELOAD ->
          mayBeNotified(rules) ? Transition.to(state) : fail(state, ServiceResult.PROTOCOL, rules);
      case DBUS, SIMPLE, EXEC, IDLE ->
          rules.service().main().remainAfterExit()
              ? Starts.isUp(state, rules)
              : fail(state, ServiceResult.SUCCESS, rules);
      case FORKING -> Transition.to(state);
    };
  }

  /** Whether another process of a service that stays active may still say READY=1. */
  private static boolean mayBeNotified(ServiceRules rules) {
    return rules.service().main().remainAfterExit()
        && rules.service().messages().access() != Access.MAIN;
  }

  private static Transition fail(ServiceState state, ServiceResult result, ServiceRules rules) {
    return Stops.signal(state, new StopSigterm(), rules, result);
  }

  /** A command has ended. */
  static Transition commandEnded(ServiceState state, ExitStatus status, ServiceRules rules) {
    var step = state.phase().step();
    return step == null
        ? commandGone(state, ServiceResult.SUCCESS, rules)
        : commandGone(state, CleanEnd.ofCommand(step, status, rules), rules);
  }

  /** A command has ended, or could not be executed. */
  static Transition commandGone(ServiceState before, ServiceResult found, ServiceRules rules) {
    var freed = before.with(Slot.CONTROL, null);
    return switch (freed.phase()) {
      case Phase.Condition(int index) ->
          commandGone(freed, ExecStep.CONDITION, index, found, rules);
      case Phase.StartPre(int index) -> commandGone(freed, ExecStep.START_PRE, index, found, rules);
      case Phase.Start(int index) -> commandGone(freed, ExecStep.START, index, found, rules);
      case Phase.StartPost(int index) ->
          commandGone(freed, ExecStep.START_POST, index, found, rules);
      case Phase.Reload(int index) -> commandGone(freed, ExecStep.RELOAD, index, found, rules);
      case Phase.ReloadPost(int index) ->
          commandGone(freed, ExecStep.RELOAD_POST, index, found, rules);
      case Phase.Stop(int index) -> commandGone(freed, ExecStep.STOP, index, found, rules);
      case Phase.StopPost(int index) -> commandGone(freed, ExecStep.STOP_POST, index, found, rules);
      case Phase.Killing killing -> Stops.ended(freed, killing, rules);
      case Phase.Down _, Phase.Up _, Phase.ReloadSignal _, Phase.ReloadNotify _ ->
          Transition.to(freed);
    };
  }

  private static Transition commandGone(
      ServiceState state, ExecStep step, int index, ServiceResult found, ServiceRules rules) {
    boolean good =
        found == ServiceResult.SUCCESS || rules.commands().of(step).get(index).ignoresFailure();
    if (!good) {
      return failed(state, step, found, rules);
    }
    var more = Commands.runNext(state, step, index, rules);
    return more != null ? more : done(state, step, rules);
  }

  /** All commands of a step have ended well. */
  private static Transition done(ServiceState state, ExecStep step, ServiceRules rules) {
    return switch (step) {
      case CONDITION -> Starts.conditionHolds(state, rules);
      case START_PRE -> Starts.prepared(state, rules);
      case START -> Starts.forked(state, rules);
      case START_POST -> Starts.followedUp(state, rules);
      case RELOAD -> Ups.reloadCommanded(state, rules);
      case RELOAD_POST -> Ups.reloadOver(state, rules);
      case STOP_PRE, STOP -> fail(state, ServiceResult.SUCCESS, rules);
      case STOP_POST -> Stops.signal(state, new FinalSigterm(), rules, ServiceResult.SUCCESS);
    };
  }

  /** A command has failed: the others of its step are not run. */
  private static Transition failed(
      ServiceState state, ExecStep step, ServiceResult found, ServiceRules rules) {
    return switch (step) {
      case CONDITION, START_PRE, START, START_POST, STOP_PRE, STOP -> fail(state, found, rules);
      case RELOAD, RELOAD_POST -> Ups.reloadOver(state.knowing(Fact.RELOAD_FAILED), rules);
      case STOP_POST -> Stops.signal(state, new FinalSigterm(), rules, found);
    };
  }
}
