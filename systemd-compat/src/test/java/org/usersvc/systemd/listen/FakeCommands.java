package org.usersvc.systemd.listen;

import java.util.List;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;

/** Commands without processes; a test ends each. */
final class FakeCommands implements UnitCommands {
  private static final int PID = 77;

  private final Listener listener;
  private final List<String> done;
  private boolean runs;

  FakeCommands(Listener listener, List<String> done) {
    this.listener = listener;
    this.done = done;
  }

  @Override
  public void run(Order order) {
    done.add(order.step().directive() + " " + order.command() + " " + order.passed().size());
    runs = true;
    listener.started(order.step(), PID);
  }

  /** The command that runs ends. */
  void end(ExitStatus status) {
    runs = false;
    listener.ended(PID, status);
  }

  @Override
  public void abandon(boolean kill) {
    done.add("abandon " + kill);
    runs = false;
  }

  @Override
  public boolean signal(boolean all, List<Signal> signals) {
    done.add(signals + (all ? " to all" : ""));
    return runs;
  }
}
