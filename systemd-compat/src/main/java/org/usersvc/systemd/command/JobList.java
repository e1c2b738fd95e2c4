package org.usersvc.systemd.command;

import java.util.Collection;
import org.usersvc.systemd.job.Job;

/** {@code systemctl list-jobs}, with the jobs that each waits for or holds up. */
final class JobList {
  private JobList() {}

  static void run(Asking asking) throws WrongWords {
    var jobs = asking.manager().jobs();
    var table = new Columns(false, "JOB", "UNIT", "TYPE", "STATE");
    var wanted = asking.names(asking.line().operands());
    int count = 0;
    for (var job : jobs) {
      if (wanted.isEmpty() || wanted.contains(job.unit())) {
        add(asking, table, job);
        count++;
      }
    }
    if (count > 0 || ListCommands.isJson(asking)) {
      int sum = count;
      ListCommands.finish(asking, table, () -> asking.out("\n" + sum + " jobs listed."));
      return;
    }
    if (jobs.isEmpty() && ListCommands.hasLegend(asking)) {
      asking.out("No jobs running.");
    }
    asking.end(0);
  }

  private static void add(Asking asking, Columns table, Job job) {
    table.add("", "" + job.id(), job.unit().toString(), job.type().word(), job.state().word());
    if (ListCommands.isJson(asking)) {
      return;
    }
    if (asking.has("after")) {
      add(table, "\tblocking job ", asking.manager().after(job));
    }
    if (asking.has("before")) {
      add(table, "\twaiting for job ", asking.manager().before(job));
    }
  }

  private static void add(Columns table, String relation, Collection<Job> others) {
    for (var other : others) {
      String name = other.unit() + "/" + other.type().word();
      table.add("", "└─", relation + other.id() + " (" + name + ")", "-", "-");
    }
  }
}
