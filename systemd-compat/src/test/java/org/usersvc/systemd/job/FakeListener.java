package org.usersvc.systemd.job;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it hears. */
final class FakeListener implements JobListener {
  final List<String> heard = new ArrayList<>();

  @Override
  public void added(Job job) {
    heard.add("new " + job.id());
  }

  @Override
  public void changed(Job job) {
    heard.add("changed " + job.id() + " " + job.type().word() + " " + job.state().word());
  }

  @Override
  public void removed(Job job, JobResult result) {
    heard.add("removed " + job.id() + " " + result.word());
  }
}
