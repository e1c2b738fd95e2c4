package org.usersvc.systemd.bus;

import java.util.Collection;
import java.util.Optional;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.JobTable;
import org.usersvc.systemd.face.ObjectPaths;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.job.Job;

/** The methods for jobs. */
final class JobMethods implements Table.Part<Desk> {
  @Override
  public void declare(Table.Members members) {
    members
        .verb("GetJob", "u", "o")
        .verb("GetJobBefore", "u", JobTable.ROWS)
        .verb("GetJobAfter", "u", JobTable.ROWS)
        .verb("CancelJob", "u", "")
        .verb("ClearJobs", "", "");
  }

  @Override
  public void perform(Desk desk, Call call) {
    if (call.member().equals("ClearJobs")) {
      clear(desk, call);
      return;
    }
    var found = job(desk, call);
    if (found.isEmpty()) {
      return;
    }
    var job = found.get();
    switch (call.member()) {
      case "GetJob" -> call.answer("o", ObjectPaths.ofJob(job.id()));
      case "GetJobBefore" -> tell(desk.manager().before(job), call);
      case "GetJobAfter" -> tell(desk.manager().after(job), call);
      case "CancelJob" -> {
        desk.manager().cancel(job.id());
        call.answer("");
      }
      default -> throw Table.Part.unknown(call.member());
    }
  }

  private static Optional<Job> job(Desk desk, Call call) {
    long id = ((Number) call.arguments().getFirst()).longValue();
    var job = desk.manager().job((int) id);
    if (job.isEmpty()) {
      call.fail(BusErrors.NO_SUCH_JOB, "Job " + id + " does not exist.");
    }
    return job;
  }

  private static void tell(Collection<Job> jobs, Call call) {
    call.answer(JobTable.ROWS, JobTable.rows(jobs));
  }

  private static void clear(Desk desk, Call call) {
    if (desk.isRunning()) {
      desk.manager().cancelAll();
    }
    call.answer("");
  }
}
