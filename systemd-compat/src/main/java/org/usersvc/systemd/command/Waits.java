package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.syntax.UnitName;

/** Who waits for the ends of jobs, and for units to end. <b>Loop thread only.</b> */
public final class Waits implements News {
  private final Map<Integer, List<Consumer<JobResult>>> jobs = new HashMap<>();
  private final Map<UnitName, List<Consumer<UnitRecord>>> units = new LinkedHashMap<>();

  /** Calls the taker when a job that is queued ends. */
  void forJob(int id, Consumer<JobResult> taker) {
    jobs.computeIfAbsent(id, _ -> new ArrayList<>()).add(taker);
  }

  /** Calls the taker when a unit is inactive or has failed; it was neither before. */
  void forEnd(UnitName unit, Consumer<UnitRecord> taker) {
    units.computeIfAbsent(unit, _ -> new ArrayList<>()).add(taker);
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    var waiting = jobs.remove(job.id());
    if (waiting != null) {
      waiting.forEach(each -> each.accept(result));
    }
  }

  @Override
  public void unitChanged(UnitRecord unit) {
    boolean ended = unit.state().isDown();
    var waiting = ended ? units.remove(unit.unit().id()) : null;
    if (waiting != null) {
      waiting.forEach(each -> each.accept(unit));
    }
  }

  @Override
  public void unitRemoved(UnitRecord unit) {
    var waiting = units.remove(unit.unit().id());
    if (waiting != null) {
      waiting.forEach(each -> each.accept(unit));
    }
  }
}
