package org.usersvc.systemd.manage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.syntax.UnitName;

/** Brings units and jobs of an earlier daemon into the engine. <b>Loop thread only.</b> */
public final class Takeover {
  private final Units units;
  private final Jobs jobs;
  private final News news;
  private final Steps steps;

  Takeover(Units units, Jobs jobs, News news, Steps steps) {
    this.units = units;
    this.jobs = jobs;
    this.news = news;
    this.steps = steps;
  }

  /** Nothing is carried out until {@link #proceed}; requests are queued. */
  public void hold() {
    steps.hold();
  }

  /** Carries out what waits. */
  public void proceed() {
    steps.proceed();
  }

  /** Processes what controllers have reported: their units and jobs agree then. */
  public void catchUp() {
    jobs.catchUp();
  }

  /** A unit by one of its names, read with all that it names. */
  public UnitRecord load(UnitName name) {
    units.refresh();
    var unit = units.load(name);
    jobs.collector().consider(unit.id());
    steps.wake();
    return unit;
  }

  /** What the next daemon has to know of a unit, besides its controller's part. */
  public Optional<UnitHistory> history(UnitName name) {
    return units.find(name).map(KnownUnit::history);
  }

  /**
   * A unit is as it was; no start of it was ordered yet.
   *
   * @throws RecordFault if its controller cannot go on by that
   */
  public void resume(UnitName name, UnitHistory history, Fields from) throws RecordFault {
    var unit = units.load(name);
    unit.controller().resume(from);
    unit.resume(history);
    news.unitChanged(unit);
    jobs.aftermath().related(List.of(unit.id()));
    jobs.collector().consider(unit.id());
  }

  /** Queues jobs as they were, under their ids; their timeouts begin anew. */
  public void resume(Collection<Job> queued) {
    queued.forEach(job -> units.load(job.unit()));
    jobs.resume(queued);
  }

  /** Processes of a unit live of which there is no record. */
  public void recover(UnitName name, String invocation, Collection<Integer> pids, int leader) {
    var unit = units.load(name);
    if (unit.controller().recover(invocation, pids, leader)) {
      unit.invoke(invocation);
    }
  }
}
