package org.usersvc.systemd.bus;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.JobTable;
import org.usersvc.systemd.face.ObjectPaths;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.job.Job;

/** The methods for jobs. */
final class JobMethods {
  private JobMethods() {}

  static void addTo(Table.Builder<Desk> table) {
    table
        .verb("GetJob", "u", "o", JobMethods::get)
        .verb(
            "GetJobBefore",
            "u",
            JobTable.ROWS,
            (desk, call) -> tell(desk, desk.manager()::before, call))
        .verb(
            "GetJobAfter",
            "u",
            JobTable.ROWS,
            (desk, call) -> tell(desk, desk.manager()::after, call))
        .verb("CancelJob", "u", "", JobMethods::cancel)
        .verb("ClearJobs", "", "", JobMethods::clear);
  }

  private static Optional<Job> job(Desk desk, Call call) {
    long id = ((Number) call.arguments().getFirst()).longValue();
    var job = desk.manager().job((int) id);
    if (job.isEmpty()) {
      call.fail(BusErrors.NO_SUCH_JOB, "Job " + id + " does not exist.");
    }
    return job;
  }

  private static void get(Desk desk, Call call) {
    job(desk, call).ifPresent(job -> call.answer("o", ObjectPaths.ofJob(job.id())));
  }

  private static void tell(Desk desk, Function<Job, Collection<Job>> others, Call call) {
    job(desk, call).ifPresent(job -> call.answer(JobTable.ROWS, JobTable.rows(others.apply(job))));
  }

  private static void cancel(Desk desk, Call call) {
    var job = job(desk, call);
    if (job.isPresent()) {
      desk.manager().cancel(job.get().id());
      call.answer("");
    }
  }

  private static void clear(Desk desk, Call call) {
    if (desk.isRunning()) {
      desk.manager().cancelAll();
    }
    call.answer("");
  }
}
