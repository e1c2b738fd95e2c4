package org.usersvc.systemd.face;

import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.job.Job;

/** {@code org.freedesktop.systemd1.Job}. */
final class JobTable {
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
          .build();

  /** A job and where it is queued. */
  record Subject(Job job, Manager manager) {}

  private JobTable() {}

  private static Object unit(Subject subject) {
    var unit = subject.job().unit();
    return new Object[] {unit.toString(), ObjectPaths.of(unit)};
  }
}
