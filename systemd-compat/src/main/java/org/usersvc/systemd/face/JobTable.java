package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.job.Job;

/** {@code org.freedesktop.systemd1.Job}. */
public final class JobTable {
  /** The types of {@link #rows}. */
  public static final String ROWS = "a(usssoo)";

  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Job")
          .value("Id", "u", subject -> subject.job().id())
          .value("Unit", "(so)", JobTable::unit)
          .value("JobType", "s", subject -> subject.job().type().word())
          .told("State", "s", subject -> subject.job().state().word())
          .verb(
              "Cancel",
              "",
              "",
              (subject, call) -> {
                if (subject.manager().cancel(subject.job().id())) {
                  call.answer("");
                } else {
                  call.fail(BusErrors.NO_SUCH_JOB, "Job " + subject.job().id() + " is over.");
                }
              })
          .verb("GetBefore", "", ROWS, (s, call) -> tell(s.manager().before(s.job()), call))
          .verb("GetAfter", "", ROWS, (s, call) -> tell(s.manager().after(s.job()), call))
          .build();

  /** A job and where it is queued. */
  record Subject(Job job, Manager manager) {}

  private JobTable() {}

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
