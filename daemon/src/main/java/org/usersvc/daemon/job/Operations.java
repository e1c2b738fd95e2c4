package org.usersvc.daemon.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.log.LogAnswer;
import org.usersvc.daemon.log.LogIntake;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.supervise.Supervised;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.supervise.Watcher;

/** The requests of all doors to services, and the delayed answers. <b>Loop thread only.</b> */
public final class Operations implements Watcher {
  /** So long an answer waits for a slow disk. */
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(1);

  /** The jobs of each process that are not over: those that clients wait for, and the latest. */
  private final Map<Supervised, Set<Job>> open = new HashMap<>();

  private final EventLoop loop;
  private final LogIntake logs;
  private final Job.Parts parts;

  public Operations(Supervisor supervisor, EventLoop loop, LogIntake logs) {
    this.loop = loop;
    this.logs = logs;
    this.parts = new Job.Parts(supervisor.checks(), loop.timers(), this::over, this::left);
    supervisor.watch(this);
  }

  /**
   * Begins a job for the verb.
   *
   * @param patience how long to wait until the job is over; zero: not at all
   * @param reply called once, on the loop, after the immediate consequences
   * @return ends the waiting without a reply; for a client that has gone
   */
  public Runnable ask(Supervised process, Verb verb, Duration patience, Consumer<Outcome> reply) {
    process.show(); // the other doors are to show this service, too
    var job = new Job(process, verb, parts);
    boolean waits = verb.goal() != Goal.NONE && !patience.isZero();
    if (waits) {
      job.await(patience, reply);
    }
    process.afterwards(() -> { // a service opened for this has been resumed or started by then
      job.tell();
      if (!waits) {
        process.afterwards(() -> reply.accept(Outcome.DONE));
      }
      if (verb.goal() != Goal.NONE) {
        begin(job);
      }
    });
    return waits ? job::leave : () -> {};
  }

  /**
   * Waits until the service is no longer supervised; gives it no command.
   *
   * @param reply as in {@link #ask}
   * @return as in {@link #ask}
   */
  public Runnable awaitEnd(Supervised process, Duration patience, Consumer<Outcome> reply) {
    var job = new Job(process, Verb.EXIT, parts);
    job.await(patience, reply);
    begin(job);
    return job::leave;
  }

  private void begin(Job job) {
    if (!job.isOver()) {
      open.computeIfAbsent(job.process(), _ -> new LinkedHashSet<>()).add(job);
      left(job);
      job.process().afterwards(job::look);
    }
  }

  /** Drops the jobs that no client waits for, except the last one that gave a command. */
  private void left(Job by) {
    var jobs = open.getOrDefault(by.process(), Set.of());
    var last = by;
    for (var job : jobs) {
      last = job.hasTold() ? job : last;
    }
    for (var job : List.copyOf(jobs)) {
      if (!job.isAwaited() && (job != last || !job.hasTold())) {
        over(job);
      }
    }
  }

  /** Whether the process has a job that is not over yet. */
  boolean hasOpen(Supervised process) {
    return open.containsKey(process);
  }

  private void over(Job job) {
    var jobs = open.get(job.process());
    if (jobs != null && jobs.remove(job) && jobs.isEmpty()) {
      open.remove(job.process());
    }
  }

  /**
   * Finds the last lines of a service, if the built-in logger has them, and has them soon.
   *
   * @param answer called once with the lines, on the loop
   */
  public void lastLines(Supervised process, int lines, Consumer<List<String>> answer) {
    if (!process.isLoggedHere()) {
      answer.accept(List.of());
      return;
    }
    var found = new LogAnswer<>(loop, LOG_PATIENCE, List.<String>of(), answer);
    logs.last(process.serviceId(), process.nativeName(), lines, found::come);
  }

  @Override
  public void shown(Supervised process) {
    var jobs = open.get(process);
    if (jobs != null) {
      List.copyOf(jobs).forEach(Job::look);
    }
  }

  @Override
  public void gone(Supervised process) {
    // shown is called once more
  }

  @Override
  public void changed(Supervised process) {
    // the jobs look when its files show it
  }

  @Override
  public void switched() {
    // each service goes on or is gone
  }
}
