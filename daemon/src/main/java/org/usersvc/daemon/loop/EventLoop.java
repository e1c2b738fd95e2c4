package org.usersvc.daemon.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loop itself; the package's own text gives the order of a turn. <b>Loop thread only</b>, but
 * for the mailbox.
 *
 * <p>INVARIANT: an exception out of one action reaches only the bug listener; the turn goes on with
 * the next action. An error, such as a lack of memory, ends the loop: the state may be
 * inconsistent, and the next daemon takes over the living processes.
 */
public final class EventLoop {
  /** So many timers fire in one turn; the others in the next. */
  private static final int MOST_DUE = 1024;

  private static final Duration SLICE = Duration.ofMillis(20);
  private static final Duration REQUESTS_SLICE = Duration.ofMillis(10);

  private final Poller poller;
  private final Clock clock;
  private final Timers timers;
  private final DayAlarms days;
  private final Mailbox mailbox;
  private final Consumer<RuntimeException> bugs;
  private final ArrayDeque<Runnable> soon = new ArrayDeque<>();
  private final Pieces pieces;
  private final Pieces requests;
  private final Map<TurnEnd, List<Runnable>> turnEnds = new EnumMap<>(TurnEnd.class);
  private @Nullable Runnable[] readers = new @Nullable Runnable[64];
  private Supplier<@Nullable Runnable> following = () -> null;
  private boolean awake;
  private boolean stopped;

  /**
   * @param bugs called with every unexpected exception
   */
  public EventLoop(Poller poller, Clock clock, Consumer<RuntimeException> bugs) {
    this.poller = poller;
    this.clock = clock;
    this.bugs = bugs;
    this.timers = new Timers(clock);
    this.days =
        new DayAlarms(
            clock, poller::dayTimer, (action, each) -> onReadable(each, action), this::soon);
    this.mailbox = new Mailbox(poller);
    this.pieces = new Pieces(clock, SLICE);
    this.requests = new Pieces(clock, REQUESTS_SLICE);
  }

  public Timers timers() {
    return timers;
  }

  /** The wake-ups by the clock of the day. */
  public DayAlarms days() {
    return days;
  }

  public Mailbox mailbox() {
    return mailbox;
  }

  public Clock clock() {
    return clock;
  }

  /** The works that may take longer than one turn. */
  public Pieces pieces() {
    return pieces;
  }

  /** The works for waiting clients; they have a slice of their own beside {@link #pieces}. */
  public Pieces requests() {
    return requests;
  }

  /** Runs the action whenever the descriptor is readable. */
  public void onReadable(int descriptor, Runnable action) {
    if (descriptor >= readers.length) {
      readers = Arrays.copyOf(readers, Math.max(descriptor + 1, readers.length * 2));
    }
    readers[descriptor] = action;
    poller.watch(descriptor);
  }

  /** Runs the descriptor's action when it is readable, writable, or its other end is gone. */
  public void interest(int descriptor, boolean readable, boolean writable) {
    poller.change(descriptor, readable, writable);
  }

  /** To be called before the descriptor is closed. */
  public void forget(int descriptor) {
    readers[descriptor] = null;
    poller.forget(descriptor);
  }

  /** Runs the action later in this turn, or in the next one, which then does not sleep. */
  public void soon(Runnable action) {
    soon.add(action);
  }

  /** Does not sleep before a turn has ended: an action of {@link #at} has work. */
  public void stayAwake() {
    awake = true;
  }

  /** Runs the action at the end of every turn, after earlier actions of that stage. */
  public void at(TurnEnd stage, Runnable action) {
    turnEnds.computeIfAbsent(stage, _ -> new ArrayList<>()).add(action);
  }

  /** After each action runs all that {@code next} gives, until it gives null. */
  public void followEach(Supplier<@Nullable Runnable> next) {
    following = next;
  }

  /** Turns until {@link #stop}. */
  public void run() {
    while (!stopped) {
      runOneTurn(true);
    }
  }

  public void stop() {
    stopped = true;
  }

  /**
   * Runs one turn, in the order that the package's text gives.
   *
   * @param maySleep whether to sleep if there is no work
   */
  public void runOneTurn(boolean maySleep) {
    boolean idle = !awake && soon.isEmpty() && pieces.isEmpty() && requests.isEmpty();
    int timeout = maySleep && idle ? timers.millisToNext(clock.nanos()) : 0;
    poller.await(timeout, this::serve);
    long now = clock.nanos();
    var due = timers.takeDue(now);
    for (int left = MOST_DUE; due != null; due = --left > 0 ? timers.takeDue(now) : null) {
      perform(due);
    }
    long end = clock.nanos() + SLICE.toNanos();
    mailbox.drainTo(this::perform, () -> end - clock.nanos() > 0);
    for (int left = soon.size(); left > 0; left--) {
      perform(soon.remove());
    }
    pieces.run(this::perform);
    requests.run(this::perform);
    awake = false;
    turnEnds.values().forEach(actions -> actions.forEach(this::perform));
  }

  private void serve(int descriptor) {
    var action = readers[descriptor];
    if (action != null) {
      perform(action);
    }
  }

  /** Runs an action, then all that follows from it. */
  private void perform(Runnable action) {
    guard(action);
    for (var next = following.get(); next != null; next = following.get()) {
      guard(next);
    }
  }

  /** Runs the action at once, and catches its exception, so that the caller goes on. */
  public void guard(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException bug) {
      bugs.accept(bug);
    }
  }
}
