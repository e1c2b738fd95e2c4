package org.usersvc.systemd.service;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ExitStatus;

/**
 * The state of one service. Immutable.
 *
 * <pre>
 *  Dead --> Condition --> StartPre --> Start --> StartPost --> Running, Exited &lt;--> Reload...
 *   ^          | a command fails, a timeout, a stop |             | a stop, an end
 *   |          v                                    v             v
 *   |         StopSigterm &lt;------------------------------------- Stop
 *   |          |    \--> StopSigkill
 *   |          v          v
 *   |         StopPost --> FinalSigterm --> FinalSigkill
 *   |                            |                |
 *   +--- Failed, AutoRestart ----+----------------+
 * </pre>
 *
 * <p>INVARIANT: at most one main and one control process. INVARIANT: a service that is down has
 * neither. INVARIANT: a service that is to end has a bound, unless its timeout is infinite.
 * INVARIANT: each request is answered exactly once, unless another one replaces it. All are
 * asserted for every reachable state by ServiceExplorationTest.
 *
 * @param main the process that is the service; null: none, or it is not known
 * @param control the command that runs; null: none
 * @param mainStatus how the main process of this run has ended; null: it has not, or is not known
 * @param result the first thing that went wrong in this run
 * @param request the request that has no answer yet; null: none
 * @param restarts how often the service was restarted by itself since the last start by a request
 */
public record ServiceState(
    Phase phase,
    @Nullable Child main,
    @Nullable Child control,
    @Nullable ExitStatus mainStatus,
    ServiceResult result,
    Progress said,
    Set<Fact> facts,
    @Nullable Request request,
    int restarts) {
  /** Single facts about a service. */
  public enum Fact {
    /** The unit has no process. */
    NO_PROCESS,
    /** The name of the service is owned on the bus. */
    NAME_OWNED,
    /** The stop was requested, so the service is not restarted by itself. */
    STOP_ASKED,
    /** The stop is the first half of a restart. */
    RESTARTING,
    /** The next start is one that the service has asked for itself. */
    AUTOMATIC,
    /** The last reload has failed. */
    RELOAD_FAILED
  }

  public ServiceState {
    facts = Set.copyOf(facts);
  }

  /** The state before the first start. */
  public static ServiceState initial() {
    return new ServiceState(
        new Phase.Dead(),
        null,
        null,
        null,
        ServiceResult.SUCCESS,
        Progress.NOTHING,
        Set.of(),
        null,
        0);
  }

  /** The process of a slot; null: none. */
  public @Nullable Child in(Slot slot) {
    return switch (slot) {
      case MAIN -> main;
      case CONTROL -> control;
    };
  }

  /** The pid of a process; 0: there is none, or it is not known. */
  public int pid(Slot slot) {
    return switch (in(slot)) {
      case Child.Alive(int pid) -> pid;
      case Child.Ordered _ -> 0;
      case null -> 0;
    };
  }

  boolean has(Fact fact) {
    return facts.contains(fact);
  }

  /** Whether a process of it is known or ordered. */
  boolean hasProcess() {
    return main != null || control != null;
  }

  ServiceState at(Phase next) {
    return new ServiceState(
        next, main, control, mainStatus, result, said, facts, request, restarts);
  }

  ServiceState with(Slot slot, @Nullable Child child) {
    return new ServiceState(
        phase,
        slot == Slot.MAIN ? child : main,
        slot == Slot.CONTROL ? child : control,
        mainStatus,
        result,
        said,
        facts,
        request,
        restarts);
  }

  ServiceState mainStatus(@Nullable ExitStatus next) {
    return new ServiceState(phase, main, control, next, result, said, facts, request, restarts);
  }

  ServiceState result(ServiceResult next) {
    return new ServiceState(phase, main, control, mainStatus, next, said, facts, request, restarts);
  }

  /** The state after something went well or wrong; an earlier failure stays the result. */
  ServiceState and(ServiceResult later) {
    return result(result.or(later));
  }

  ServiceState said(Progress next) {
    return new ServiceState(
        phase, main, control, mainStatus, result, next, facts, request, restarts);
  }

  ServiceState asked(@Nullable Request next) {
    return new ServiceState(phase, main, control, mainStatus, result, said, facts, next, restarts);
  }

  ServiceState restarts(int next) {
    return new ServiceState(phase, main, control, mainStatus, result, said, facts, request, next);
  }

  ServiceState knowing(Fact fact) {
    return has(fact) ? this : facts(fact, true);
  }

  ServiceState not(Fact fact) {
    return has(fact) ? facts(fact, false) : this;
  }

  private ServiceState facts(Fact fact, boolean holds) {
    var next = EnumSet.noneOf(Fact.class);
    next.addAll(facts);
    if (holds) {
      next.add(fact);
    } else {
      next.remove(fact);
    }
    return facts(next);
  }

  ServiceState facts(Set<Fact> next) {
    return new ServiceState(
        phase, main, control, mainStatus, result, said, next, request, restarts);
  }

  /** Whether doors show the same of both, but for the phase. */
  public boolean looksAs(ServiceState other) {
    return pid(Slot.MAIN) == other.pid(Slot.MAIN)
        && pid(Slot.CONTROL) == other.pid(Slot.CONTROL)
        && result == other.result
        && restarts == other.restarts;
  }
}
