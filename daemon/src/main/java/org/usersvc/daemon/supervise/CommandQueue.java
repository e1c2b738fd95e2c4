package org.usersvc.daemon.supervise;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.platform.Platform;

/** The letters that one process has received and not been fed yet. <b>Loop thread only.</b> */
final class CommandQueue {
  private static final int MOST_WAITING = 64 * 1024;

  /** How many are fed at a time, so that a flood of them does not keep other services waiting. */
  private static final int PIECE = 256;

  private static final byte[] BUFFER = new byte[PIECE];

  private final ArrayDeque<Command> waiting = new ArrayDeque<>();
  private final Owner owner;
  private final Platform platform;
  private final Agenda agenda;
  private final Runnable pullNeeds;

  /** Its FIFO is read; null while there is none. */
  private @Nullable ControlFiles source;

  private int left = PIECE;
  private boolean listening;
  private boolean heldBack;
  private boolean readSoon;
  private boolean restIsDue;

  /**
   * Begins with none.
   *
   * @param pullNeeds also starts the services that the process needs
   */
  CommandQueue(Owner owner, Platform platform, Agenda agenda, Runnable pullNeeds) {
    this.owner = owner;
    this.platform = platform;
    this.agenda = agenda;
    this.pullNeeds = pullNeeds;
  }

  /** Takes one letter, from any door. */
  void add(Command command) {
    take(command);
    feedSoon();
  }

  private void feedSoon() {
    agenda.add(Agenda.Stage.HAPPEN, this::feedAll);
  }

  private void feedAll() {
    feed();
    if (!waiting.isEmpty()) {
      owner.changed();
    }
  }

  /** A logger ignores exit (runsv.c, ctrl). Letters beyond the bound are dropped. */
  private void take(Command command) {
    if (owner.isLogger() && command == Command.EXIT) {
      return;
    }
    if (command == Command.UP) {
      owner.history().startAsked();
    }
    if (command == Command.UP || command == Command.ONCE) {
      pullNeeds.run();
    }
    if (waiting.size() < 2 * MOST_WAITING) {
      waiting.add(command);
    } else {
      String letter = String.valueOf(command.letter());
      platform.messages().warn(owner.name() + ": too many letters wait, ignoring " + letter);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Feeds the next letter as soon as the agenda allows. */
  void goOn() {
    if (!waiting.isEmpty()) {
      agenda.add(Agenda.Stage.HAPPEN, this::feed);
    }
  }

  /** Feeds one letter, unless a script runs or a dependent service has to end first. */
  private void feed() {
    if (isBusy() || waiting.isEmpty() || mustWait()) {
      return;
    }
    if (left == 0) {
      feedRestSoon();
      return;
    }
    left--;
    owner.take(new Event.Asked(waiting.remove()));
    if (waiting.isEmpty()) {
      left = PIECE;
      resumeListening();
    }
  }

  private void feedRestSoon() {
    if (!restIsDue) {
      restIsDue = true;
      platform
          .loop()
          .pieces()
          .add(() -> {
            restIsDue = false;
            left = PIECE;
            goOn();
            owner.changed();
            return false;
          });
    }
  }

  /** Whether a control script runs, or run or finish has been ordered but has not started yet. */
  private boolean isBusy() {
    return switch (owner.state().phase()) {
      case Phase.Starting _, Phase.FinishStarting _ -> true;
      case Phase.Down _,
          Phase.Incomplete _,
          Phase.Waiting _,
          Phase.Preparing _,
          Phase.Running _,
          Phase.Completed _,
          Phase.Finishing _,
          Phase.BackingOff _,
          Phase.Settling _,
          Phase.Gone _ ->
          owner.state().script() != null;
    };
  }

  /** Whether services that depend on this one have to end before it. */
  private boolean mustWait() {
    var command = waiting.element();
    boolean stops = command == Command.DOWN || command == Command.EXIT;
    heldBack = stops && !owner.isLogger() && !owner.service().mayStop();
    return heldBack;
  }

  /** Whether the next letter waits for other services to end. */
  boolean isHeldBack() {
    return heldBack;
  }

  /** Whether the last letter is an up. */
  boolean endWithUp() {
    return waiting.peekLast() == Command.UP;
  }

  String waiting() {
    var letters = new StringBuilder();
    waiting.forEach(command -> letters.append(command.letter()));
    return letters.toString();
  }

  /** Reads the FIFO from now on. */
  void listen(ControlFiles control) {
    source = control;
    resumeListening();
  }

  private void resumeListening() {
    if (!listening && source != null) {
      listening = true;
      platform.loop().onReadable(source.control(), this::readSoon);
    }
  }

  /** Reads no FIFO any more; to be called before it is closed. */
  void stopListening() {
    pauseListening();
    source = null;
  }

  /** Stops reading, so that further letters stay in the FIFO. */
  private void pauseListening() {
    if (listening && source != null) {
      listening = false;
      platform.loop().forget(source.control());
    }
  }

  private void readSoon() {
    if (!readSoon) {
      readSoon = true;
      platform.loop().pieces().add(this::read);
    }
  }

  /** Reads a piece. If the FIFO is not empty then, it is readable again in the next turn. */
  private boolean read() {
    readSoon = false;
    if (!listening) {
      return false;
    }
    if (waiting.size() >= MOST_WAITING) {
      pauseListening();
      return false;
    }
    readSome();
    feedSoon();
    return false;
  }

  private void readSome() {
    var control = source;
    if (control == null) {
      return;
    }
    try {
      int length = control.read(BUFFER);
      for (int i = 0; i < length; i++) {
        var command = Command.ofLetter(BUFFER[i] & 0xff);
        if (command != null) {
          take(command);
        }
      }
    } catch (FileFault fault) {
      platform.messages().warn(owner.name() + ": " + fault.getMessage() + ", ignoring");
    }
  }

  /**
   * Run has ended, and nothing has followed yet. Letters that were written before count before
   * anything is started again (runsv.c, main: ctrl comes before startservice). An up comes after,
   * as it ends a delay.
   */
  void beforeNextStart() {
    feedNow(false);
  }

  /** The same for finish, which has ended although the state does not say so yet. */
  void beforeEndOfFinish() {
    feedNow(true);
  }

  /** Feeds the letters that lead to no script now, so that none waits for another. */
  private void feedNow(boolean up) {
    if (listening && waiting.isEmpty()) {
      readSome();
      while (mayFeedNow(up)) {
        owner.feed(new Event.Asked(waiting.remove()));
      }
    }
  }

  private boolean mayFeedNow(boolean up) {
    var next = waiting.peek();
    return next != null
        && (up || next != Command.UP)
        && owner.state().script() == null
        && !mustWait();
  }
}
