package org.usersvc.systemd.face;

import java.util.List;
import org.freedesktop.dbus.DBusPath;

/** In which state a unit is. */
final class StateValues implements Table.Part<Subject> {
  @Override
  public void declare(Table.Members members) {
    members
        .value("LoadState", "s")
        .value("LoadError", "(ss)")
        .told("ActiveState", "s")
        .told("SubState", "s")
        .told("FreezerState", "s")
        .told("Job", "(uo)")
        .told("InvocationID", "ay")
        .told("ActivationDetails", "a(ss)")
        .value("Transient", "b")
        .value("NeedDaemonReload", "b")
        .value("Markers", "as")
        .value("Refs", "as")
        .value("Perpetual", "b");
  }

  @Override
  public Object value(Subject subject, String property) {
    var record = subject.record();
    return switch (property) {
      case "LoadState" -> record.unit().loadState().word();
      case "LoadError" -> LoadErrors.of(record.unit());
      case "ActiveState" -> record.state().active().word();
      case "SubState" -> record.state().sub();
      case "FreezerState" -> "running";
      case "Job" -> job(subject);
      case "InvocationID" -> Amounts.octets(record.invocation());
      case "ActivationDetails", "Markers", "Refs" -> List.of();
      case "Transient" -> record.isTransient();
      case "NeedDaemonReload" -> record.needsReload();
      case "Perpetual" -> false;
      default -> throw Table.Part.unknown(property);
    };
  }

  private static Object job(Subject subject) {
    var job = subject.ground().manager().jobOf(subject.unit().id());
    return job.isEmpty()
        ? new Object[] {0L, new DBusPath("/")}
        : new Object[] {(long) job.get().id(), ObjectPaths.ofJob(job.get().id())};
  }
}
