package org.usersvc.daemon.loop;

import java.util.concurrent.ConcurrentLinkedQueue;
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

  /** Hands over the present commands; later ones are for the next turn. */
  void drainTo(Consumer<Runnable> performer) {
    for (int left = commands.size(); left > 0; left--) {
      var next = commands.poll();
      if (next != null) {
        performer.accept(next);
      }
    }
  }
}
