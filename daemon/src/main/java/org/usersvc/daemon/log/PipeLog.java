package org.usersvc.daemon.log;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Alarm;

/**
 * When the batches of one pipe are moved: at once after a silence, in steps while it is busy, again
 * and again without a break while more comes than a step can hold. What cannot be written stays in
 * the pipe for a while, then old files go, then lines.
 */
final class PipeLog {
  /** Why nothing is moved now. */
  private enum Pause {
    NONE,
    /** It is busy; more is moved at the next step. */
    STEP,
    /** Nothing could be written; it is tried again when a timer fires. */
    RETRY,
    /** The pipe is not used any more. */
    CLOSED
  }

  /** From when nothing could be written until that lasts. */
  private static final class Trouble {
    /** The name that it was told with. */
    private final String name;

    private final long since;
    private long roomSought;
    private long lastFault;

    /** Whether old files or lines had to go. */
    private boolean gaveUp;

    /** How many lines were dropped and are told of. */
    private long lost;

    Trouble(String name, long now) {
      this.name = name;
      this.since = now;
      this.roomSought = now;
    }

    /**
     * Whether there is space only because old files have gone, or for a few lines: not for long.
     */
    boolean mayComeBack(long now) {
      return gaveUp && now - lastFault < RELAPSE.toNanos();
    }
  }

  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration RETRY_LOCK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration RELAPSE = Duration.ofSeconds(30);

  /** Nanoseconds in which no pipe fills that is worth a look before the next step. */
  private static final long SLOW = 1_000_000_000;

  private final Desk desk;
  private final LogSource source;
  private final Passage passage;
  private final long enough;
  private boolean listening = true;
  private Pause pause = Pause.NONE;
  private @Nullable Trouble trouble;
  private long lastServed;
  private @Nullable Runnable done;

  /** What a pipe that has ended may still give: as much as it held. */
  private long owed;

  private final Alarm aging;

  /** What {@link #aging} was set for. */
  private Duration age = Duration.ZERO;

  private int rotations;

  /** Begins to listen to the pipe. */
  PipeLog(Desk desk, LogSource source) throws FileFault {
    this.desk = desk;
    this.source = source;
    this.aging = new Alarm(desk.loop().timers());
    this.passage = new Passage(desk, source);
    int capacity = desk.logs().capacity(source.pipe());
    this.enough = Math.min(capacity, desk.buffers().raw().length) / 2;
    this.owed = capacity;
    this.lastServed = now();
    boolean unfinished = passage.isUnfinished();
    desk.loop().onReadable(source.pipe(), this::serve); // last, or nobody would forget it
    if (unfinished) {
      desk.loop().soon(this::serve);
    }
  }

  private long now() {
    return desk.loop().clock().nanos();
  }

  /** Moves what there is now. */
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
   * Nothing could be written.
   *
   * @return how many bytes are out of the pipe nevertheless, -1 if it is to be tried again later
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
      int moved = Troubles.lacksSpace(fault) ? moveIntoRoom(met) : 0;
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

  /** Removes old files one by one until there is space for what the pipe holds. */
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
        if (!Troubles.lacksSpace(fault)) {
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

  /** What is in the pipe is written to the directory it has had, what comes later to that one. */
  void rename(String name) {
    serve();
    passage.rename(name);
  }

  /** Writes what is in the pipe, then runs the action. */
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

  /** Another one reads the pipe from now on, into another directory. */
  void handOver() {
    close(true);
  }

  /** Who reads the pipe has died in the middle of it: another one goes on. */
  void abandon() {
    close(false);
  }

  /**
   * Writes what is in the pipe if that can be done now; the rest stays in it, and the pipe is not
   * used any more.
   */
  void leave() {
    try {
      while (owed > 0) {
        int moved = pause == Pause.CLOSED ? 0 : passage.move();
        owed = moved == 0 ? 0 : owed - moved;
      }
    } catch (IOException ignored) { // it stays in the pipe, and the next daemon meets the trouble
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
