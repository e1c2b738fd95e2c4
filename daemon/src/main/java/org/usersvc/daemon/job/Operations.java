package org.usersvc.daemon.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.log.LogAnswer;
import org.usersvc.daemon.log.LogFormat;
import org.usersvc.daemon.log.LogIntake;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.Goal;
import org.usersvc.daemon.view.Services;
import org.usersvc.daemon.view.Watcher;

/** The requests of all doors to services, and the delayed answers. <b>Loop thread only.</b> */
public final class Operations implements Watcher<Commanded> {
  /** The jobs of each service that are not over: those that clients wait for, and the latest. */
  private final Map<Commanded, Set<Job>> open = new HashMap<>();

  private final EventLoop loop;
  private final LogIntake logs;
  private final Job.Parts parts;

  public Operations(Services services, EventLoop loop, LogIntake logs) {
    this.loop = loop;
    this.logs = logs;
    this.parts = new Job.Parts(loop.timers(), this::over, this::left);
    services.watch(this);
  }

  /**
   * Begins a job for the verb.
   *
   * @param patience how long to wait until the job is over; zero: not at all
   * @param reply called once, on the loop, after the immediate consequences
   * @return ends the waiting without a reply; for a client that has gone
   */
  public Runnable ask(Commanded service, Verb verb, Duration patience, Consumer<Outcome> reply) {
    return ask(new Job(service, verb, parts), patience, reply);
  }

  /** The same; a service that waits for a variable or a login is answered at once. */
  public Runnable askUnlessItWaits(
      Commanded service, Verb verb, Duration patience, Consumer<Outcome> reply) {
    var job = new Job(service, verb, parts);
    job.leaveWhatOnlyWaits();
    return ask(job, patience, reply);
  }

  private Runnable ask(Job job, Duration patience, Consumer<Outcome> reply) {
    var service = job.service();
    var verb = job.verb();
    service.show(); // the other doors are to show this service, too
    boolean waits = verb.goal() != Goal.NONE && !patience.isZero();
    if (waits) {
      job.await(patience, reply);
    }
    service.afterwards(() -> { // a service opened for this has been resumed or started by then
      job.command();
      if (!waits) {
        service.afterwards(() -> reply.accept(Outcome.DONE));
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
  public Runnable awaitEnd(Commanded service, Duration patience, Consumer<Outcome> reply) {
    var job = new Job(service, Verb.EXIT, parts);
    job.await(patience, reply);
    begin(job);
    return job::leave;
  }

  private void begin(Job job) {
    if (!job.isOver()) {
      open.computeIfAbsent(job.service(), _ -> new LinkedHashSet<>()).add(job);
      left(job);
      job.service().afterwards(job::look);
    }
  }

  /** Drops the jobs that no client waits for, except the last one that gave a command. */
  private void left(Job by) {
    var jobs = open.getOrDefault(by.service(), Set.of());
    var last = by;
    for (var job : jobs) {
      last = job.hasCommanded() ? job : last;
    }
    for (var job : List.copyOf(jobs)) {
      if (!job.isAwaited() && (job != last || !job.hasCommanded())) {
        over(job);
      }
    }
  }

  /** Whether the service has a job that is not over yet. */
  boolean hasOpen(Commanded service) {
    return open.containsKey(service);
  }

  private void over(Job job) {
    var jobs = open.get(job.service());
    if (jobs != null && jobs.remove(job) && jobs.isEmpty()) {
      open.remove(job.service());
    }
  }

  /**
   * Finds the last lines of the run that was started last, if the built-in logger has them, has
   * them soon, and stamps them.
   *
   * @param answer called once with the lines, on the loop
   */
  public void lastLines(Commanded service, int lines, Consumer<List<String>> answer) {
    var view = service.view();
    var id = view.loggedAs();
    if (id == null) {
      answer.accept(List.of());
      return;
    }
    var started = view.started();
    Consumer<List<String>> taker =
        found -> answer.accept(found.stream().filter(l -> LogFormat.isSince(l, started)).toList());
    logs.last(id, view.nativeName(), lines, LogAnswer.ofLines(loop, taker)::come);
  }

  @Override
  public void shown(Commanded service) {
    var jobs = open.get(service);
    if (jobs != null) {
      List.copyOf(jobs).forEach(Job::look);
    }
  }
}
