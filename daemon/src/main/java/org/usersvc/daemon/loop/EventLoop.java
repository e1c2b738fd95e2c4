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
 * The loop itself; the order of a turn is told in the package's own text. <b>Loop thread only</b>,
 * but for the mailbox.
 *
 * <p>INVARIANT: an exception out of one action reaches the bug listener and nobody else; the turn
 * goes on with the next action. An error, such as that of memory that is used up, ends the loop: of
 * what was half done nobody knows, and the next daemon takes over what lives.
 */
public final class EventLoop {
  /** So many timers fire in one turn; the others do in the next. */
  private static final int MOST_DUE = 1024;

  private static final Duration SLICE = Duration.ofMillis(20);
  private static final Duration REQUESTS_SLICE = Duration.ofMillis(10);

  private final Poller poller;
  private final Clock clock;
  private final Timers timers;
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
   * @param bugs told of every unexpected exception
   */
  public EventLoop(Poller poller, Clock clock, Consumer<RuntimeException> bugs) {
    this.poller = poller;
    this.clock = clock;
    this.bugs = bugs;
    this.timers = new Timers(clock);
    this.mailbox = new Mailbox(poller);
    this.pieces = new Pieces(clock, SLICE);
    this.requests = new Pieces(clock, REQUESTS_SLICE);
  }

  public Timers timers() {
    return timers;
  }

  public Mailbox mailbox() {
    return mailbox;
  }

  public Clock clock() {
    return clock;
  }

  /** What may take longer than one turn. */
  public Pieces pieces() {
    return pieces;
  }

  /** What clients who wait have asked for; they do not wait for what else takes long. */
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

  /** Runs the action in the next turn; a turn that has such work to follow does not sleep. */
  public void soon(Runnable action) {
    soon.add(action);
  }

  /** Does not sleep before a turn has ended: there is something for {@link #at} to do. */
  public void stayAwake() {
    awake = true;
  }

  /** Runs the action at the end of every turn, after what was asked for earlier at that stage. */
  public void at(TurnEnd stage, Runnable action) {
    turnEnds.computeIfAbsent(stage, _ -> new ArrayList<>()).add(action);
  }

  /** After each action, before the next, all is done that this gives; null says that it is all. */
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
   * One turn, in the order that the package's text gives.
   *
   * @param maySleep whether to wait for something to do
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
    mailbox.drainTo(this::perform);
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

  /** An action, then what follows from it. */
  private void perform(Runnable action) {
    guard(action);
    for (var next = following.get(); next != null; next = following.get()) {
      guard(next);
    }
  }

  /** Runs the action at once, as one of its own: an exception keeps the caller from nothing. */
  public void guard(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException bug) {
      bugs.accept(bug);
    }
  }
}
