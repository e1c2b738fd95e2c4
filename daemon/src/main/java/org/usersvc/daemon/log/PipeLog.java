package org.usersvc.daemon.log;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Alarm;

/**
 * Decides when the batches of one pipe are moved: at once after a silence, in steps while it is
 * busy, without a break while more comes than a step can hold. Lines that cannot be written stay in
 * the pipe for a while; then old files are removed, then lines are dropped.
 */
final class PipeLog {
  /** Why the pipe is not served now. */
  private enum Pause {
    NONE,
    /** The pipe is busy; it is served at the next step. */
    STEP,
    /** The batch could not be written; a timer starts the next try. */
    RETRY,
    /** The pipe is not used any more. */
    CLOSED
  }

  /** A time in which the log cannot be written. */
  private static final class Trouble {
    /** The name under which it was logged. */
    private final String name;

    private final long since;
    private long roomSought;
    private long lastFault;

    /** Whether old files were removed or lines were dropped. */
    private boolean gaveUp;

    /** How many dropped lines were logged. */
    private long lost;

    Trouble(String name, long now) {
      this.name = name;
      this.since = now;
      this.roomSought = now;
    }

    /**
     * Whether the space is only that of removed files or dropped lines, so that it will not last.
     */
    boolean mayComeBack(long now) {
      return gaveUp && now - lastFault < RELAPSE.toNanos();
    }
  }

  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration RETRY_LOCK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration RELAPSE = Duration.ofSeconds(30);

  /** In nanoseconds; a pipe that takes longer to fill can wait for the next step. */
  private static final long SLOW = 1_000_000_000;

  private final LogContext desk;
  private final LogSource source;
  private final BatchMover passage;
  private final long enough;
  private boolean listening = true;
  private Pause pause = Pause.NONE;
  private @Nullable Trouble trouble;
  private long lastServed;
  private @Nullable Runnable done;

  /** The bytes still to be moved from a pipe that has ended: at most its capacity. */
  private long owed;

  private final Alarm aging;

  /** The time for which {@link #aging} was set. */
  private Duration age = Duration.ZERO;

  private int rotations;

  /** Begins to listen to the pipe. */
  PipeLog(LogContext desk, LogSource source) throws FileFault {
    this.desk = desk;
    this.source = source;
    this.aging = new Alarm(desk.loop().timers());
    this.passage = new BatchMover(desk, source);
    int capacity = desk.logs().capacity(source.pipe());
    this.enough = Math.min(capacity, desk.buffers().raw().length) / 2;
    this.owed = capacity;
    this.lastServed = now();
    boolean unfinished = passage.isUnfinished();
    // last: after a failure above there is nothing to forget
    desk.loop().onReadable(source.pipe(), this::serve);
    if (unfinished) {
      desk.loop().soon(this::serve);
    }
  }

  private long now() {
    return desk.loop().clock().nanos();
  }

  /** Moves the pipe's content. */
  void serve() {
    if (pause != Pause.NONE) {
      return;
    }
    int moved;
    try {
      moved = passage.move();
      if (moved > 0) {
        written();
      }
    } catch (IOException fault) {
      moved = troubled(fault);
    }
    if (moved >= 0) {
      goOn(moved);
    }
  }

  private void goOn(int moved) {
    long now = now();
    long elapsed = Math.max(1, now - lastServed);
    lastServed = now;
    age(moved);
    if (done != null) {
      owed -= moved;
      if (moved == 0 || owed <= 0) {
        finish(done);
      } else {
        desk.loop().soon(this::serve);
      }
    } else if (moved == 0 || passage.hasMore() || moved >= enough || isFast(moved, elapsed)) {
      listen(true);
    } else {
      listen(false);
      pause = Pause.STEP;
      desk.pacer().atNextStep(this::serveAgain);
    }
  }

  /** Whether the pipe would be half full before the next step. */
  private boolean isFast(long moved, long elapsed) {
    return moved * Pacer.STEP.toNanos() >= enough * Math.min(elapsed, SLOW);
  }

  private void retryAfter(Duration time) {
    listen(false);
    pause = Pause.RETRY;
    desk.loop().timers().after(time, this::serveAgain);
  }

  private void serveAgain() {
    if (pause != Pause.CLOSED) {
      pause = Pause.NONE;
      serve();
    }
  }

  private void listen(boolean on) {
    if (on != listening) {
      listening = on;
      desk.loop().interest(source.pipe(), on, false);
    }
  }

  private void written() {
    var over = trouble;
    if (over != null) {
      over.lost += passage.lastDropped();
      if (!over.mayComeBack(now())) {
        trouble = null;
        desk.troubles().end(over.name, over.lost);
      }
    }
  }

  /**
   * Deals with a batch that could not be written.
   *
   * @return how many bytes have nevertheless left the pipe, -1 if a later try follows
   */
  private int troubled(IOException fault) {
    var met = trouble == null ? begin(fault) : trouble;
    met.lastFault = now();
    boolean locked = fault instanceof LogDirectory.LockedElsewhere && done == null;
    if (locked || now() - met.since < PATIENCE.toNanos()) {
      retryAfter(locked ? RETRY_LOCK : RETRY);
      return -1;
    }
    met.gaveUp = true;
    try {
      int moved = LogComplaints.lacksSpace(fault) ? moveIntoRoom(met) : 0;
      return moved > 0 ? moved : passage.drop(fault);
    } catch (IOException unreadable) {
      retryAfter(RETRY);
      return -1;
    }
  }

  private Trouble begin(IOException fault) {
    var begun = new Trouble(passage.name(), now());
    trouble = begun;
    desk.troubles().begin(begun.name, fault);
    return begun;
  }

  /** Removes old files one by one until there is space for the pipe's content. */
  private int moveIntoRoom(Trouble met) throws IOException {
    if (now() - met.roomSought < PATIENCE.toNanos()) {
      return 0;
    }
    while (passage.makeRoom()) {
      try {
        int moved = passage.move();
        met.lost += passage.lastDropped();
        return moved;
      } catch (FileFault fault) {
        if (!LogComplaints.lacksSpace(fault)) {
          throw fault;
        }
      }
    }
    met.roomSought = now();
    return 0;
  }

  private void age(int moved) {
    if (aging.isSet() && (rotations != passage.rotations() || !age.equals(passage.age()))) {
      aging.clear();
    }
    if (moved > 0 && !aging.isSet() && !passage.age().isZero()) {
      rotations = passage.rotations();
      age = passage.age();
      aging.set(age, passage::rotateSoon);
    }
  }

  /** Writes the pipe's content to the present directory, later lines to the one of that name. */
  void rename(String name) {
    serve();
    passage.rename(name);
  }

  /** Writes the pipe's content, then runs the action. */
  void end(Runnable then) {
    done = then;
    if (pause == Pause.NONE || pause == Pause.STEP) {
      pause = Pause.NONE;
      desk.loop().soon(this::serve);
    }
  }

  private void finish(Runnable then) {
    if (trouble != null) {
      desk.troubles().abandon(trouble.name, trouble.lost + passage.dropped());
    }
    close(true);
    then.run();
  }

  /** Ends the use of the pipe; another keeper goes on with another directory. */
  void handOver() {
    close(true);
  }

  /** Ends the use of the pipe after the thread has died; the next thread goes on. */
  void abandon() {
    close(false);
  }

  /**
   * Writes the pipe's content as far as possible now, and ends the use of the pipe; the rest stays
   * in it.
   */
  void leave() {
    try {
      while (owed > 0) {
        int moved = pause == Pause.CLOSED ? 0 : passage.move();
        owed = moved == 0 ? 0 : owed - moved;
      }
    } catch (IOException ignored) { // the rest stays in the pipe for the next daemon
      owed = 0;
    }
    close(false);
    if (done != null) {
      done.run();
    }
  }

  private void close(boolean forGood) {
    if (pause != Pause.CLOSED) {
      pause = Pause.CLOSED;
      aging.clear();
      desk.loop().forget(source.pipe());
      passage.close(forGood);
    }
  }
}
