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

/** What doors ask of services, and the answers that have to wait. <b>Loop thread only.</b> */
public final class Operations implements Watcher {
  /** So long a slow disk may keep an answer. */
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(1);

  /** What is not over yet: of each process all that clients wait for, and what was asked last. */
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
   * Does what the verb says.
   *
   * @param patience how long to wait until it is done; zero: not at all
   * @param reply called once, on the loop, after what follows from this at once
   * @return ends the waiting without a reply, for a client that has gone
   */
  public Runnable ask(Supervised process, Verb verb, Duration patience, Consumer<Outcome> reply) {
    process.show(); // who is asked for by one door is to be found at the others
    var job = new Job(process, verb, parts);
    boolean waits = verb.goal() != Goal.NONE && !patience.isZero();
    if (waits) {
      job.await(patience, reply);
    }
    process.afterwards(() -> { // who was opened for this is as it was left, or starts
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
   * Waits until nothing of the service is supervised any more, and tells it nothing.
   *
   * @param reply as of {@link #ask}
   * @return as of {@link #ask}
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

  /** Of what nobody waits for only that goes on which the process was told last. */
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

  /** Whether something that the process was asked for is not over yet. */
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
   * The last lines that a service has written, if the built-in logger has them, and has them soon.
   *
   * @param answer told once, on the loop
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
    // it is shown once more
  }

  @Override
  public void changed(Supervised process) {
    // it is looked at when its files show it
  }

  @Override
  public void switched() {
    // services go on, or are gone
  }
}
