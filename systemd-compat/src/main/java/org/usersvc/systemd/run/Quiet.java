package org.usersvc.systemd.run;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;

/** Notifies when no job is queued. <b>Loop thread only.</b> */
public final class Quiet implements News {
  private final Manager manager;
  private final Turns turns;
  private final List<Runnable> waiting = new ArrayList<>();

  /** Listens to the manager from now on. */
  public Quiet(Manager manager, Turns turns) {
    this.manager = manager;
    this.turns = turns;
    manager.subscribe(this);
  }

  /** Runs an action once, a little later than the end of the last job. */
  void await(Runnable action) {
    waiting.add(action);
    look();
  }

  /** An action that waits is not run any more. */
  void forget(Runnable action) {
    waiting.remove(action);
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    look();
  }

  private void look() {
    if (!waiting.isEmpty() && manager.jobs().isEmpty()) {
      turns.soon(this::run);
    }
  }

  private void run() {
    var all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(Runnable::run);
  }
}
