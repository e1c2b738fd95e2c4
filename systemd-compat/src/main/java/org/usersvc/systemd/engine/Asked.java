package org.usersvc.systemd.engine;

import java.util.List;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.Refusal;

/** What became of a request. Immutable. */
public sealed interface Asked {
  /**
   * It has this job, new or joined; its {@code JobNew} is signalled already, its end will be later.
   *
   * @param others what it has brought with it, each new or joined
   */
  record Queued(Job job, List<Job> others) implements Asked {
    public Queued {
      others = List.copyOf(others);
    }

    /** Nothing came with it. */
    public Queued(Job job) {
      this(job, List.of());
    }
  }

  /** Nothing has changed. */
  record Refused(Refusal reason) implements Asked {}
}
