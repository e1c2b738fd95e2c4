package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.install.Change;
import org.usersvc.systemd.install.InstallException;
import org.usersvc.systemd.install.InstallOptions;
import org.usersvc.systemd.install.Installation;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Relation;

/**
 * {@code usersvc enable} and {@code disable} for names of units. {@code default.target} is enabled
 * by a link to it among what it wants; {@link org.usersvc.systemd.startup.Enabled} starts what is
 * there. <b>Loop thread only.</b>
 */
final class UnitEnabler implements Verbs.Enabler {
  private final Desk desk;

  UnitEnabler(Desk desk) {
    this.desk = desk;
  }

  @Override
  public boolean knows(String name) {
    return UnitName.parse(name).isPresent();
  }

  @Override
  public void answer(boolean enable, boolean now, List<String> names, Verbs.Reply reply) {
    try {
      var changes = enable ? enable(names, reply) : installation().disable(names, false).changes();
      changes.forEach(change -> show(change, reply));
      Runnable jobs =
          () -> reply.end(now && !ask(enable ? JobType.START : JobType.STOP, names, reply) ? 1 : 0);
      if (changes.isEmpty()) {
        jobs.run();
      } else {
        desk.running().filesChanged().run();
        desk.manager().reload(jobs);
      }
    } catch (InstallException reason) {
      reply.err(String.valueOf(reason.getMessage()));
      reply.end(1);
    }
  }

  private Installation installation() {
    return desk.running().installation();
  }

  private List<Change> enable(List<String> names, Verbs.Reply reply) throws InstallException {
    var others = new ArrayList<>(names);
    var changes = new ArrayList<Change>();
    String target = Installation.DEFAULT_TARGET;
    if (others.remove(target)) {
      changes.addAll(
          installation()
              .addDependency(List.of(target), target, Relation.WANTS, InstallOptions.PLAIN));
    }
    if (!others.isEmpty()) {
      var outcome = installation().enable(others, InstallOptions.PLAIN);
      changes.addAll(outcome.changes());
      if (!outcome.carriesInstallInfo()) {
        reply.err(
            String.join(" ", others)
                + ": the file has no section [Install]; other units start it, or usersvc up");
      }
    }
    return changes;
  }

  private static void show(Change change, Verbs.Reply reply) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("change", change.kind().word());
    fields.put("path", change.path());
    fields.put("source", change.source());
    String arrow = change.source().isEmpty() ? "" : " -> " + change.source();
    reply.out(change.kind().word() + " " + change.path() + arrow, fields);
  }

  /** Whether all jobs were taken; their ends are not waited for. */
  private boolean ask(JobType type, List<String> names, Verbs.Reply reply) {
    boolean all = true;
    for (String name : names) {
      var asked = desk.manager().ask(type, UnitName.of(name), JobMode.REPLACE);
      if (asked instanceof Asked.Refused refused) {
        reply.err(name + ": " + refused.reason().message());
        all = false;
      }
    }
    return all;
  }
}
