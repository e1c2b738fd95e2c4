package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.lifecycle.Backoff;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.state.RecordedProcess;

/** The past of one process: times, starts, deaths. <b>Loop thread only.</b> */
public final class History {
  private final Clock clock;
  private Instant since;
  private long sinceNanos;
  private Instant started;
  private Instant ordered;
  private long startedNanos;
  private long triedNanos;
  private long endedNanos;
  private boolean unaskedEnd;
  private boolean asked;
  private long starts;
  private int deaths;
  private long failures;
  private Duration lastRan = Duration.ZERO;
  private @Nullable ExitStatus lastExit;
  private @Nullable String trouble;
  private @Nullable String left;

  History(Clock clock) {
    this.clock = clock;
    this.since = clock.wall();
    this.sinceNanos = clock.nanos();
    this.started = since;
    this.ordered = since;
  }

  /** When run was started, or went down. */
  public Instant since() {
    return since;
  }

  /** When run was started last. */
  Instant started() {
    return started;
  }

  /** When run was ordered last, before it could print anything. */
  Instant ordered() {
    return ordered;
  }

  /** Run is about to be spawned. */
  void order() {
    ordered = clock.wall();
  }

  /** Continues the history that an earlier daemon has recorded. */
  void restore(RecordedProcess.Past past) {
    since = past.since();
    started = past.started();
    ordered = started;
    starts = past.starts();
    deaths = past.deaths();
    lastExit = past.lastExit();
    var elapsing = past.elapsing();
    sinceNanos = elapsing == null ? nanosOf(since) : elapsing.since();
    startedNanos = elapsing == null ? nanosOf(started) : elapsing.started();
    triedNanos = startedNanos;
  }

  private long nanosOf(Instant moment) {
    var age = Duration.between(moment, clock.wall());
    return clock.nanos() - (age.isNegative() ? 0 : age.toNanos());
  }

  RecordedProcess.Elapsing elapsing() {
    return new RecordedProcess.Elapsing(sinceNanos, startedNanos);
  }

  /** How long ago {@link #since} is, however the wall clock was set. */
  public Duration age() {
    return Duration.ofNanos(Math.max(0, clock.nanos() - sinceNanos));
  }

  /** The time from now until another one of the day. */
  Duration until(Instant other) {
    return Duration.between(clock.wall(), other);
  }

  /** How often run has been started. */
  public long starts() {
    return starts;
  }

  /** How often run has ended unasked. */
  public int deaths() {
    return deaths;
  }

  /** How often run has ended unasked, or could not be started, under this daemon. */
  long failures() {
    return failures;
  }

  /** How long the last run that has ended had run. */
  Duration lastRan() {
    return lastRan;
  }

  /** How run ended last, null if it has not ended yet. */
  public @Nullable ExitStatus lastExit() {
    return lastExit;
  }

  /** Why run could not be started last, null if it could. */
  public @Nullable String trouble() {
    return trouble;
  }

  /** The processes that the run which ended last has left in the background, null if none. */
  public @Nullable String leftBehind() {
    return left;
  }

  /** Run is about to end, and these processes go on without it. */
  void leftBehind(String names) {
    left = names;
  }

  /** Run could not be started, for that reason. */
  void couldNotStart(String reason) {
    trouble = reason;
  }

  /**
   * Records an event that is about to happen in that state.
   *
   * @param completes whether it is the successful end of a oneshot
   */
  void note(Event event, ServiceState state, boolean completes) {
    if (event instanceof Event.RunEnded ended) {
      lastExit = ended.status();
      lastRan = ended.ranFor();
      if (!completes) {
        ended(state);
      }
    } else if (event instanceof Event.RunStarted) {
      startedNanos = clock.nanos();
      triedNanos = startedNanos;
      started = clock.wall();
      starts++;
      trouble = null;
      left = null;
    } else if (event instanceof Event.RunNotExecutable || event instanceof Event.NoResources) {
      triedNanos = clock.nanos();
      failures++;
    }
  }

  private void ended(ServiceState state) {
    unaskedEnd = !state.phase().isEnding();
    endedNanos = clock.nanos();
    int death = state.wanted() == Wanted.UP && unaskedEnd ? 1 : 0;
    deaths += death;
    failures += death;
  }

  /** The time in the status is that of the start of run, then that of going down. */
  void noteTime(Phase before, Phase now) {
    var shown = Status.shown(now);
    boolean begun = now instanceof Phase.Running && !(before instanceof Phase.Running);
    boolean ended = shown == Status.Shown.DOWN && Status.shown(before) != Status.Shown.DOWN;
    if (begun || ended) {
      since = clock.wall();
      sinceNanos = clock.nanos();
    }
  }

  /** A requested start does not wait. */
  void startAsked() {
    unaskedEnd = false;
    asked = true;
  }

  /** Whether run has never been started nor requested. */
  boolean isUntouched() {
    return starts == 0 && !asked;
  }

  /** Whether run has ended by itself a moment ago. */
  boolean hasJustEnded() {
    return unaskedEnd && clock.nanos() - endedNanos < Backoff.SETTLING.toNanos();
  }

  /** Whether the last end of run was unasked. */
  boolean hasEndedUnasked() {
    return unaskedEnd;
  }

  /** Whether the last try to start run was less than a second ago, and before that time. */
  boolean hasJustTried(long before) {
    return before - triedNanos > 0 && !untilNextStart().isZero();
  }

  /** The time until a second has passed since the last start of run, or the last try. */
  Duration untilNextStart() {
    long left = triedNanos + Backoff.QUICK.toNanos() - clock.nanos();
    return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
  }

  /** How long run has been running, or ran if it has just ended. */
  Duration ranFor() {
    return Duration.ofNanos(clock.nanos() - startedNanos);
  }
}
