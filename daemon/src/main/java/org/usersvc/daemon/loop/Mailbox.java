package org.usersvc.daemon.loop;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The commands of other threads to the loop, in posting order. */
public final class Mailbox {
  private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final Poller poller;

  public Mailbox(Poller poller) {
    this.poller = poller;
  }

  /** Makes the loop run the command soon. <b>Any thread.</b> */
  public void post(Runnable command) {
    commands.add(command);
    poller.wake();
  }

  /** Hands over the present commands, one at least, while it may; the next turn has the others. */
  void drainTo(Consumer<Runnable> performer, BooleanSupplier mayGoOn) {
    int left = commands.size();
    for (boolean goesOn = left > 0; goesOn; goesOn = left > 0 && mayGoOn.getAsBoolean()) {
      left--;
      var next = commands.poll();
      if (next != null) {
        performer.accept(next);
      }
    }
    if (left > 0) {
      poller.wake();
    }
  }
}
