package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.job.Job;

/** {@code org.freedesktop.systemd1.Job}. */
public final class JobTable implements Table.Part<JobTable.Subject> {
  /** The types of {@link #rows}. */
  public static final String ROWS = "a(usssoo)";

  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Job").with(new JobTable()).build();

  /** A job and where it is queued. */
  record Subject(Job job, Manager manager) {}

  private JobTable() {}

  @Override
  public void declare(Table.Members members) {
    members
        .value("Id", "u")
        .value("Unit", "(so)")
        .value("JobType", "s")
        .told("State", "s")
        .verb("Cancel", "", "")
        .verb("GetBefore", "", ROWS)
        .verb("GetAfter", "", ROWS);
  }

  @Override
  public Object value(Subject subject, String property) {
    var job = subject.job();
    return switch (property) {
      case "Id" -> job.id();
      case "Unit" -> unit(subject);
      case "JobType" -> job.type().word();
      case "State" -> job.state().word();
      default -> throw Table.Part.unknown(property);
    };
  }

  @Override
  public void perform(Subject subject, Call call) {
    var manager = subject.manager();
    switch (call.member()) {
      case "Cancel" -> cancel(subject, call);
      case "GetBefore" -> tell(manager.before(subject.job()), call);
      case "GetAfter" -> tell(manager.after(subject.job()), call);
      default -> throw Table.Part.unknown(call.member());
    }
  }

  private static void cancel(Subject subject, Call call) {
    if (subject.manager().cancel(subject.job().id())) {
      call.answer("");
    } else {
      call.fail(BusErrors.NO_SUCH_JOB, "Job " + subject.job().id() + " is over.");
    }
  }

  private static void tell(Collection<Job> jobs, Call call) {
    call.answer(ROWS, rows(jobs));
  }

  /** Jobs as lists of jobs have them. */
  public static List<Object> rows(Collection<Job> jobs) {
    var rows = new ArrayList<Object>();
    for (var job : jobs) {
      rows.add(
          new Object[] {
            (long) job.id(),
            job.unit().toString(),
            job.type().word(),
            job.state().word(),
            ObjectPaths.ofJob(job.id()),
            ObjectPaths.of(job.unit())
          });
    }
    return rows;
  }

  private static Object unit(Subject subject) {
    var unit = subject.job().unit();
    return new Object[] {unit.toString(), ObjectPaths.of(unit)};
  }
}
