package org.usersvc.systemd.bus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.export.StandardInterfaces;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.face.ObjectPaths;
import org.usersvc.systemd.face.UnitObjects;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Signals what happens to units and jobs: what comes and goes at once, values when the turn is over
 * and its answers are sent, once for each interface, but before the job that explains them is
 * removed. <b>Loop thread only.</b>
 */
final class Signals implements News {
  /** Values of so many units that it takes so long are signalled in one go. */
  private static final long SLICE_NANOS = 10_000_000;

  private final Audience audience;
  private final UnitObjects objects;
  private final Turns turns;
  private final Map<UnitName, UnitRecord> changed = new LinkedHashMap<>();
  private final Map<Integer, Job> changedJobs = new LinkedHashMap<>();
  private boolean isWaiting;

  Signals(Audience audience, UnitObjects objects, Turns turns) {
    this.audience = audience;
    this.objects = objects;
    this.turns = turns;
  }

  private void manager(String member, String signature, Object... values) {
    audience.signal(
        ObjectPaths.MANAGER, ManagerTable.TABLE.type().name(), member, signature, values);
  }

  @Override
  public void jobAdded(Job job) {
    manager("JobNew", "uos", (long) job.id(), ObjectPaths.ofJob(job.id()), job.unit().toString());
  }

  @Override
  public void jobChanged(Job job) {
    changedJobs.put(job.id(), job);
    later();
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    changedJobs.remove(job.id());
    tellChanged(job.unit());
    manager(
        "JobRemoved",
        "uoss",
        (long) job.id(),
        ObjectPaths.ofJob(job.id()),
        job.unit().toString(),
        result.word());
  }

  @Override
  public void unitAdded(UnitRecord unit) {
    var id = unit.unit().id();
    manager("UnitNew", "so", id.toString(), ObjectPaths.of(id));
  }

  @Override
  public void unitRemoved(UnitRecord unit) {
    var id = unit.unit().id();
    tellChanged(id);
    manager("UnitRemoved", "so", id.toString(), ObjectPaths.of(id));
  }

  @Override
  public void unitChanged(UnitRecord unit) {
    changed.put(unit.unit().id(), unit);
    later();
  }

  @Override
  public void reloading(boolean begins) {
    manager("Reloading", "b", begins);
  }

  /** Files of units were linked or removed. */
  void filesChanged() {
    manager("UnitFilesChanged", "");
  }

  private void later() {
    if (!isWaiting) {
      isWaiting = true;
      turns.soon(this::tellAll);
    }
  }

  private void tellAll() {
    isWaiting = false;
    long end = turns.clock().nanos() + SLICE_NANOS;
    while (!changed.isEmpty() && end - turns.clock().nanos() > 0) {
      tellChanged(changed.keySet().iterator().next());
    }
    if (!changed.isEmpty()) {
      later();
      return;
    }
    var jobs = List.copyOf(changedJobs.values());
    changedJobs.clear();
    jobs.forEach(job -> tell(ObjectPaths.ofJob(job.id()).getPath(), objects.of(job)));
  }

  private void tellChanged(UnitName id) {
    var unit = changed.remove(id);
    if (unit != null) {
      String path = ObjectPaths.of(id).getPath();
      objects.of(unit).forEach(served -> tell(path, served));
    }
  }

  private void tell(String path, Served object) {
    var names = object.type().signalled();
    if (names.isEmpty()) {
      return;
    }
    var values = new LinkedHashMap<String, Variant<?>>();
    names.forEach(name -> values.put(name, object.variant(name)));
    audience.signal(
        path,
        StandardInterfaces.PROPERTIES.name(),
        "PropertiesChanged",
        "sa{sv}as",
        object.type().name(),
        values,
        List.of());
  }
}
