package org.usersvc.systemd.run;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobRequest;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.unit.RestartSettings;

/** Remembers what a controller says, as short texts. */
final class FakeReports implements Reports {
  private final List<String> told = new ArrayList<>();

  @Override
  public void changed(UnitState now, boolean reloadFailed) {
    told.add(now.sub() + (reloadFailed ? " reload failed" : ""));
  }

  @Override
  public void finished(Work.Action action, JobResult result) {
    told.add(action + " " + result);
  }

  @Override
  public void deferred(Work.Action action) {
    told.add(action + " deferred");
  }

  @Override
  public void restartDue(RestartSettings.Mode mode) {
    told.add("restart due" + (mode == RestartSettings.Mode.NORMAL ? "" : " " + mode));
  }

  @Override
  public void request(JobRequest request) {
    told.add("request");
  }

  @Override
  public void shown() {}

  /** What was said since the last call. */
  List<String> take() {
    var taken = List.copyOf(told);
    told.clear();
    return taken;
  }
}
