package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.wire.Emission;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.ObjectPaths;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;

/**
 * Starts the units that a bus wants for a name, as its activation file says ({@code
 * SystemdService=}). If that fails, the callers of the name get an error at once, and not after two
 * minutes.
 *
 * <pre>
 * bus:      org.freedesktop.systemd1.Activator.ActivationRequest("foo.service")
 * usersvcd: org.freedesktop.systemd1.Activator.ActivationFailure("foo.service", error, text)
 * </pre>
 *
 * <b>Loop thread only.</b>
 */
final class Activator implements News {
  private static final String INTERFACE = "org.freedesktop.systemd1.Activator";

  private final Desk desk;
  private final Map<Integer, List<Wanted>> waiting = new HashMap<>();

  /** A unit that a bus waits for, by the name that the bus knows. */
  private record Wanted(Link bus, String unit) {}

  Activator(Desk desk) {
    this.desk = desk;
  }

  /** A signal has come in from a bus. */
  void emitted(Link bus, Emission signal) {
    if (signal.sender().equals(Link.Request.BUS)
        && signal.interfaceName().equals(INTERFACE)
        && signal.member().equals("ActivationRequest")
        && !signal.values().isEmpty()
        && signal.values().getFirst() instanceof String unit) {
      start(new Wanted(bus, unit));
    }
  }

  private void start(Wanted wanted) {
    var name = UnitName.parse(wanted.unit()).filter(unit -> !unit.isTemplate());
    if (name.isEmpty()) {
      fail(wanted, BusErrors.NO_SUCH_UNIT, "Unit name " + wanted.unit() + " is not valid.");
      return;
    }
    switch (desk.manager().ask(JobType.START, name.get(), JobMode.REPLACE)) {
      case Asked.Queued(Job job, _) ->
          waiting.computeIfAbsent(job.id(), _ -> new ArrayList<>()).add(wanted);
      case Asked.Refused(Refusal reason) -> fail(wanted, BusErrors.name(reason), reason.message());
    }
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    var all = waiting.remove(job.id());
    if (all != null && result != JobResult.DONE) {
      String text = "Starting " + job.unit() + " ended with the result " + result.word() + ".";
      all.forEach(wanted -> fail(wanted, BusErrors.PREFIX + "JobFailed", text));
    }
  }

  private static void fail(Wanted wanted, String error, String text) {
    wanted
        .bus()
        .signal(
            new Link.Request(
                Link.Request.BUS,
                ObjectPaths.MANAGER,
                INTERFACE,
                "ActivationFailure",
                "sss",
                List.of(wanted.unit(), error, text)));
  }
}
