package org.usersvc.systemd.view;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.JobState;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;

/** What happened to one unit while the engine knows it. <b>Loop thread only.</b> */
final class UnitFacts {
  /** Who has one of these relations to a unit makes it start. */
  private static final List<Relation> PULLED_BY =
      List.of(Relation.REQUIRED_BY, Relation.BOUND_BY, Relation.WANTED_BY, Relation.UPHELD_BY);

  private final UnitRecord unit;
  private final Stamps.Stamp known;
  private UnitState last;
  private Optional<Job> job = Optional.empty();
  private String word;
  private long starts;
  private int deaths;
  private boolean gotTerm;
  private boolean paused;
  private boolean startFailed;
  private @Nullable String refusal;

  /**
   * Nothing has happened yet.
   *
   * @param known the present moment
   */
  UnitFacts(UnitRecord unit, Stamps.Stamp known) {
    this.unit = unit;
    this.known = known;
    last = unit.state();
    word = StateWord.of(last, job);
  }

  UnitRecord unit() {
    return unit;
  }

  /** When its state changed last, or when it was first known. */
  Stamps.Stamp since() {
    return unit.stamps().stateChange().orElse(known);
  }

  /** Its job; empty if it has none. */
  Optional<Job> job() {
    return job;
  }

  /** The word for its state, as it was last {@linkplain #look looked at}. */
  String word() {
    return word;
  }

  /** How often it has come up. */
  long starts() {
    return starts;
  }

  /** How often it was started again by itself, or failed. */
  int deaths() {
    return deaths;
  }

  boolean gotTerm() {
    return gotTerm;
  }

  boolean isPaused() {
    return paused;
  }

  /** Whether a start since the last command has ended and the unit is not up. */
  boolean startFailed() {
    return startFailed;
  }

  /** Why the last command was refused; null if it was not. */
  @Nullable String refusal() {
    return refusal;
  }

  /** Whether lists show it as a unit: see the text of the package. */
  boolean stands() {
    return unit.unit().loadState() == LoadState.LOADED
        && !(unit.controller() instanceof DirectoryController)
        && switch (unit.unit().type()) {
          case SERVICE -> true;
          case SOCKET, SCOPE, TIMER, PATH ->
              unit.state().active() != ActiveState.INACTIVE || job.isPresent();
          case TARGET, SLICE, DEVICE, MOUNT, AUTOMOUNT, SWAP -> false;
        };
  }

  /** Whether its type is one of processes. */
  boolean hasProcesses() {
    return unit.unit().type() == UnitType.SERVICE || unit.unit().type() == UnitType.SCOPE;
  }

  /** Whether another unit makes it start. */
  boolean isPulledIn(Manager manager) {
    return PULLED_BY.stream().anyMatch(by -> !manager.related(unit.unit().id(), by).isEmpty());
  }

  /** Whether it has failed, is to change, or has processes or has had some. */
  boolean isNotable() {
    var active = unit.state().active();
    return active == ActiveState.FAILED
        || job.isPresent()
        || (hasProcesses() && (active != ActiveState.INACTIVE || starts > 0));
  }

  boolean isUp() {
    return unit.state().active().isActive();
  }

  /** Whether it is down, and nothing is to change that. */
  boolean isIdle() {
    var state = unit.state();
    return state.isDown() && job.isEmpty();
  }

  /** A command is given. */
  void command() {
    startFailed = false;
    refusal = null;
  }

  void refused(String why) {
    refusal = why;
  }

  void signalled(Signal signal) {
    gotTerm |= signal == Signal.TERM;
    paused = signal == Signal.STOP || (paused && signal != Signal.CONT);
  }

  /** Its job is another one, or none. */
  void queued(Optional<Job> now) {
    job = now;
  }

  void ended(Job ended, JobResult result) {
    boolean isStart = ended.type().wantsUp() || ended.type() == JobType.RESTART;
    startFailed |= isStart && (result != JobResult.DONE || !isUp());
  }

  /** Looks what has become of it since the last look. */
  void look() {
    var now = unit.state();
    if (!isComing(last) && isComing(now)) {
      starts++;
      gotTerm = false;
      paused = false;
    }
    boolean isDeath = now.active() == ActiveState.FAILED || now.restartsItself();
    deaths += isDeath && isComing(last) ? 1 : 0;
    last = now;
    word = StateWord.of(now, job);
  }

  private static boolean isComing(UnitState state) {
    return state.active().isActiveOrActivating() && !state.restartsItself();
  }

  /** Whether a start of it waits for others. */
  boolean waits() {
    return job.filter(queued -> queued.state() == JobState.WAITING).isPresent();
  }
}
