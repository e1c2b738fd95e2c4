package org.usersvc.systemd.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.ProcessEnvironment;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.systemd.condition.Condition;
import org.usersvc.systemd.condition.Judgement;
import org.usersvc.systemd.engine.PathController;
import org.usersvc.systemd.engine.ScopeController;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.SocketController;
import org.usersvc.systemd.engine.TimerController;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Unit;

/** A unit as doors show it. <b>Loop thread only.</b> */
record UnitView(UnitFacts facts, Surroundings surroundings) implements ServiceView {
  private static final List<Relation> NEEDS =
      List.of(Relation.REQUIRES, Relation.REQUISITE, Relation.BINDS_TO);

  private static final List<Relation> FOLLOWS = List.of(Relation.WANTS, Relation.AFTER);

  private Unit unit() {
    return facts.unit().unit();
  }

  private UnitState unitState() {
    return facts.unit().state();
  }

  private Optional<ServiceController> service() {
    return facts.unit().controller() instanceof ServiceController service
        ? Optional.of(service)
        : Optional.empty();
  }

  @Override
  public String nativeName() {
    return unit().id().toString();
  }

  @Override
  public Set<String> names() {
    return unit().names().stream().map(UnitName::toString).collect(Collectors.toSet());
  }

  @Override
  public List<String> definedIn() {
    var origin = unit().origin();
    var paths = new ArrayList<String>();
    String fragment = origin.fragment();
    if (fragment != null) {
      paths.add(fragment);
    }
    paths.addAll(origin.dropIns());
    return paths;
  }

  @Override
  public @Nullable ServiceId loggedAs() {
    if (service().isEmpty() || facts.starts() == 0) {
      return null;
    }
    return surroundings.mechanisms().places().identity(nativeName());
  }

  @Override
  public String state() {
    return facts.word();
  }

  @Override
  public String wanted() {
    return isWantedUp() ? "up" : "down";
  }

  private boolean isWantedUp() {
    return facts.job().isPresent()
        ? facts.job().get().type() != JobType.STOP
        : unitState().active().isActiveOrActivating();
  }

  @Override
  public String unmet() {
    boolean isUp = unitState().active().isActiveOrActivating();
    return isWantedUp() == isUp ? "" : isUp ? "want down" : "want up";
  }

  @Override
  public String why() {
    var parts = new ArrayList<String>();
    String trouble = trouble();
    if (facts.waits()) {
      parts.add("its job waits for other units");
    }
    if (!hasProcesses() && facts.isUp()) {
      parts.add(unitState().sub());
    }
    timer().flatMap(timer -> NextStart.of(timer, clock())).ifPresent(parts::add);
    if (trouble != null) {
      parts.add(trouble);
    }
    String doing = doing();
    if (doing != null) {
      parts.add(doing);
    }
    if (!statusText().isEmpty() && lives()) {
      parts.add("says: " + statusText());
    }
    return String.join(", ", parts);
  }

  private Optional<TimerController> timer() {
    return facts.unit().controller() instanceof TimerController timer
        ? Optional.of(timer)
        : Optional.empty();
  }

  private Clock clock() {
    return surroundings.mechanisms().turns().clock();
  }

  @Override
  public boolean isScheduled() {
    return timer().isPresent();
  }

  @Override
  public @Nullable Instant nextStart() {
    return timer()
        .flatMap(timer -> NextStart.left(timer, clock()))
        .map(left -> clock().wall().plus(left))
        .orElse(null);
  }

  @Override
  public @Nullable Instant lastStart() {
    return timer().flatMap(TimerController::lastByDay).orElse(null);
  }

  private boolean hasProcesses() {
    return facts.hasProcesses();
  }

  @Override
  public @Nullable String trouble() {
    String refusal = facts.refusal();
    if (refusal != null) {
      return refusal;
    }
    if (unit().loadState() != LoadState.LOADED) {
      return unit().origin().error();
    }
    if (unitState().active() == ActiveState.FAILED || unitState().restartsItself()) {
      return "result " + result();
    }
    return facts.startFailed() && facts.isIdle() ? unmetConditions() : null;
  }

  private String result() {
    return switch (facts.unit().controller()) {
      case ServiceController service -> service.result().word();
      case SocketController socket -> socket.result();
      case TimerController timer -> timer.result();
      case PathController path -> path.result();
      case ScopeController scope -> scope.result();
      default -> unitState().sub(); // a type of which units cannot fail
    };
  }

  private String unmetConditions() {
    var checks = facts.unit().checks();
    var unmet = new ArrayList<Condition>();
    for (Judgement judgement : List.of(checks.conditions(), checks.asserts())) {
      unmet.addAll(judgement.holds() ? List.of() : judgement.unmet());
    }
    return unmet.isEmpty()
        ? "its start was cancelled, or a unit that it requires has failed"
        : "does not hold: "
            + unmet.stream()
                .map(each -> each.kind().word() + "=" + each.text())
                .collect(Collectors.joining(", "));
  }

  @Override
  public boolean isReady() {
    return facts.isUp();
  }

  @Override
  public boolean isGone() {
    return false;
  }

  @Override
  public int pid() {
    return service()
        .map(each -> each.mainPid() == 0 ? each.controlPid() : each.mainPid())
        .orElse(0);
  }

  @Override
  public String stateOfSv() {
    return StateWord.ofSv(unitState());
  }

  @Override
  public Instant since() {
    return facts.since().wall();
  }

  @Override
  public Duration age() {
    long now = surroundings.mechanisms().turns().clock().nanos();
    return Duration.ofNanos(now - facts.since().nanos());
  }

  /** Whether another unit pulls it in. Sockets and the like have no process that could be up. */
  @Override
  public boolean isNormallyUp() {
    return hasProcesses() && facts.isPulledIn(surroundings.manager());
  }

  @Override
  public boolean isPaused() {
    return facts.isPaused();
  }

  @Override
  public boolean gotTerm() {
    return facts.gotTerm();
  }

  @Override
  public int deaths() {
    return facts.deaths();
  }

  @Override
  public long starts() {
    return facts.starts();
  }

  @Override
  public @Nullable ExitStatus lastExit() {
    return service()
        .flatMap(ServiceController::lastMain)
        .flatMap(ServiceController.Main::status)
        .orElse(null);
  }

  @Override
  public Set<String> needs() {
    return related(NEEDS);
  }

  @Override
  public Set<String> follows() {
    var follows = related(FOLLOWS);
    follows.removeAll(needs());
    return follows;
  }

  /** The names of those of the related units that lists show. */
  private Set<String> related(List<Relation> relations) {
    var names = new LinkedHashSet<String>();
    for (var relation : relations) {
      for (var name : surroundings.manager().related(unit().id(), relation)) {
        surroundings.shownName(name).ifPresent(names::add);
      }
    }
    return names;
  }

  @Override
  public Environment environment() {
    return surroundings.environment();
  }

  /** What its process was started with, as the kernel has it. */
  @Override
  public Environment environmentGiven() {
    try {
      return lives()
          ? ProcessEnvironment.of(surroundings.mechanisms().files(), pid())
          : Environment.EMPTY;
    } catch (FileFault hasEnded) {
      return Environment.EMPTY;
    }
  }

  @Override
  public @Nullable String status() {
    String text = service().map(ServiceController::statusText).orElse("");
    return text.isEmpty() ? null : text;
  }

  @Override
  public @Nullable Integer errno() {
    int errno = service().map(ServiceController::statusErrno).orElse(0);
    return errno == 0 ? null : errno;
  }

  @Override
  public @Nullable String doing() {
    return unitState().active() == ActiveState.RELOADING ? "reloading" : null;
  }
}
