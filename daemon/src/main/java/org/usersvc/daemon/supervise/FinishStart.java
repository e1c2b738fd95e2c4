package org.usersvc.daemon.supervise;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.Execution;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.servicedir.Script;

/** Starts finish, and feeds its outcome to the state machine. <b>Loop thread only.</b> */
final class FinishStart implements Execution.Listener {
  /** Exit code by which finish says that the service is to stay down (s6). */
  private static final int PERMANENT = 125;

  private final Owner owner;
  private final Platform platform;
  private final CommandQueue letters;
  private @Nullable Order order;
  private int killed;

  FinishStart(Owner owner, Platform platform, CommandQueue letters) {
    this.owner = owner;
    this.platform = platform;
    this.letters = letters;
  }

  /**
   * Starts it, if the directory has one.
   *
   * @param status how run has ended
   */
  void start(ExitStatus status) {
    if (!owner.directory().hasFinish()) {
      var hang = owner.directory().hang();
      if (hang != null) {
        warn("its finish is left out, " + hang);
      }
      owner.feed(new Event.NoFinish());
      return;
    }
    var arguments = List.of(status.finishCode(), status.finishStatus());
    var request = owner.request(Script.FINISH, arguments, owner.service().redirects(owner));
    order = Order.give(platform.processes(), request, this);
  }

  /** Gives up a start that has not been answered. */
  void giveUp() {
    if (order != null) {
      order.giveUp();
    }
  }

  /** Kills it, and at its end the rest of its process group. */
  void kill(int pid) {
    killed = pid;
    platform.processes().signal(pid, Signal.KILL);
  }

  private void warn(String text) {
    platform.messages().warn(owner.name() + ": " + text);
  }

  @Override
  public void late() {
    warn(StartTrouble.late(Script.FINISH));
  }

  @Override
  public void started(int pid) {
    owner.feed(new Event.FinishStarted(pid));
  }

  @Override
  public void failed(Errno errno) {
    warn(StartTrouble.line(owner, platform.files(), Script.FINISH, errno));
    owner.feed(new Event.NoFinish());
  }

  @Override
  public void ended(int pid, ExitStatus status) {
    if (owner.state().phase().pidOrZero() != pid) { // it came too late
      return;
    }
    if (pid == killed) {
      platform.processes().signalGroup(pid, Signal.KILL);
    }
    letters.beforeEndOfFinish();
    boolean permanent = status.signal() == 0 && status.code() == PERMANENT;
    owner.feed(new Event.FinishEnded(permanent));
  }
}
