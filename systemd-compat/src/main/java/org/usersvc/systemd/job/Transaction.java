package org.usersvc.systemd.job;

import java.util.List;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;

/**
 * All jobs that one request needs, at most one for a unit, without contradiction and without a
 * circle of order. Immutable. {@link JobQueue#install} queues it; between the two nothing may
 * change.
 *
 * @param anchor the unit of the request; its job is among {@code jobs}
 */
public record Transaction(UnitName anchor, JobMode mode, List<PlannedJob> jobs) {
  /** The most jobs that one request may need. */
  public static final int MOST_JOBS = 131_072;

  public Transaction {
    jobs = List.copyOf(jobs);
  }

  /**
   * Makes the plan of a request.
   *
   * @param queued the jobs that are queued already; they are only read
   */
  public static Planning build(JobRequest request, UnitGraph graph, QueuedJobs queued) {
    return new TransactionBuilder(request, graph, queued).build();
  }

  /** Whether queued jobs without a part in the plan are cancelled, unless they are irreversible. */
  boolean clearsQueue() {
    return mode == JobMode.FLUSH || mode == JobMode.ISOLATE;
  }

  /** What became of a request. */
  public sealed interface Planning {}

  /** A plan. */
  public record Planned(Transaction transaction) implements Planning {}

  /** No plan; nothing changes. */
  public record Refused(Refusal reason) implements Planning {}
}
