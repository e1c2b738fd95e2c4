package org.usersvc.daemon.supervise;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.Execution;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.process.SpawnRequest;

/**
 * One order to execute run or finish. If its file system hangs, the answer comes late. An order
 * that is given up before its answer kills the program as soon as that runs, and reports only its
 * end. <b>Loop thread only.</b>
 */
final class Order implements Execution.Listener {
  private enum Standing {
    OPEN,
    ANSWERED,
    GIVEN_UP
  }

  private final Execution.Listener listener;
  private Standing standing = Standing.OPEN;
  private @Nullable Execution execution;

  private Order(Execution.Listener listener) {
    this.listener = listener;
  }

  /** Gives the order. The listener may be called before this returns. */
  static Order give(Processes processes, SpawnRequest request, Execution.Listener listener) {
    var order = new Order(listener);
    order.execution = Execution.start(processes, request, order);
    return order;
  }

  /** Gives it up, unless it has been answered. */
  void giveUp() {
    if (standing == Standing.OPEN && execution != null) {
      standing = Standing.GIVEN_UP;
      execution.end();
    }
  }

  private boolean answer() {
    boolean wanted = standing == Standing.OPEN;
    standing = wanted ? Standing.ANSWERED : standing;
    return wanted;
  }

  @Override
  public void late() {
    listener.late();
  }

  @Override
  public void started(int pid) {
    if (answer()) {
      listener.started(pid);
    }
  }

  @Override
  public void failed(Errno errno) {
    if (answer()) {
      listener.failed(errno);
    }
  }

  @Override
  public void ended(int pid, ExitStatus status) {
    listener.ended(pid, status);
  }
}
