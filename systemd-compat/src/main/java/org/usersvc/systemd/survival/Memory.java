package org.usersvc.systemd.survival;

import java.util.LinkedHashSet;
import java.util.Set;
import org.usersvc.daemon.extension.Records;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Keeps the records of units and jobs current: at the end of each turn, what has changed in it is
 * put. <b>Loop thread only.</b>
 */
final class Memory implements News {
  static final String UNIT = "unit ";
  static final String JOB = "job ";

  private final Engine engine;
  private final Records records;
  private final Turns turns;
  private final Set<UnitName> units = new LinkedHashSet<>();
  private final Set<Integer> jobs = new LinkedHashSet<>();
  private boolean awaited;

  Memory(Engine engine, Records records, Turns turns) {
    this.engine = engine;
    this.records = records;
    this.turns = turns;
  }

  void touch(UnitName unit) {
    units.add(unit);
    await();
  }

  private void touch(Job job) {
    jobs.add(job.id());
    touch(job.unit());
  }

  private void await() {
    if (!awaited) {
      awaited = true;
      turns.atEnd(this::write);
    }
  }

  /** The reports of units and jobs agree, because all of them are processed first. */
  private void write() {
    engine.takeover().catchUp();
    awaited = false;
    units.forEach(this::write);
    units.clear();
    jobs.forEach(this::write);
    jobs.clear();
  }

  private void write(UnitName name) {
    var history = engine.takeover().history(name);
    boolean isKnown =
        history.filter(found -> !found.stamps().equals(Stamps.NONE)).isPresent()
            || engine.manager().jobOf(name).isPresent();
    if (history.isEmpty() || !isKnown) {
      records.remove(UNIT + name);
      return;
    }
    var fields = new Fields();
    RecordTexts.write(history.get(), fields);
    engine.manager().find(name).ifPresent(unit -> unit.controller().record(fields));
    put(UNIT + name, fields);
  }

  private void write(int job) {
    engine
        .manager()
        .job(job)
        .ifPresentOrElse(
            found -> put(JOB + job, RecordTexts.of(found)), () -> records.remove(JOB + job));
  }

  private void put(String key, Fields fields) {
    String text = fields.text();
    if (!text.equals(records.all().get(key))) {
      records.put(key, text);
    }
  }

  @Override
  public void jobAdded(Job job) {
    touch(job);
  }

  @Override
  public void jobChanged(Job job) {
    touch(job);
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    touch(job);
  }

  @Override
  public void unitRemoved(UnitRecord unit) {
    touch(unit.unit().id());
  }

  @Override
  public void unitChanged(UnitRecord unit) {
    touch(unit.unit().id());
  }

  @Override
  public void unitNoted(UnitRecord unit) {
    touch(unit.unit().id());
  }
}
