package org.usersvc.systemd.bus;

import java.util.List;
import java.util.Optional;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.EnqueueVerb;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.face.UnitVerbs;
import org.usersvc.systemd.face.UnitVerbs.Verb;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitName;

/** The methods that request jobs of units. */
final class StartMethods {
  private StartMethods() {}

  static void addTo(Table.Builder<Desk> table) {
    for (var verb : Verb.values()) {
      table.verb(
          verb.word() + "Unit",
          "ss",
          "o",
          (desk, call) -> ask(desk, Desk.name(call), verb, Desk.text(call, 1), call));
    }
    table
        .verb("StartUnitWithFlags", "sst", "o", StartMethods::startWithFlags)
        .verb("StartUnitReplace", "sss", "o", StartMethods::replace)
        .verb("EnqueueUnitJob", "sss", EnqueueVerb.RESULT, StartMethods::enqueue)
        .verb("EnqueueMarkedJobs", "", "ao", (_, call) -> call.answer("ao", List.of()));
  }

  private static void ask(Desk desk, Optional<UnitName> unit, Verb verb, String mode, Call call) {
    unit.ifPresent(name -> UnitVerbs.ask(desk.manager(), name, verb.wish(), mode, call));
  }

  private static void startWithFlags(Desk desk, Call call) {
    long flags = ((Number) call.arguments().get(2)).longValue();
    if (flags == 0) {
      ask(desk, Desk.name(call), Verb.START, Desk.text(call, 1), call);
    } else {
      call.fail(StandardErrors.INVALID_ARGS, "Invalid 'flags' parameter '" + flags + "'");
    }
  }

  /** Starts a unit in place of another one that waits for its start. */
  private static void replace(Desk desk, Call call) {
    desk.withKnown(
        call,
        (old, _) -> {
          var id = old.unit().id();
          var job = desk.manager().jobOf(id);
          if (job.filter(queued -> queued.type() == JobType.START).isEmpty()) {
            call.fail(BusErrors.NO_SUCH_JOB, "No job queued for unit " + id);
          } else {
            ask(desk, Desk.name(call, 1), Verb.START, Desk.text(call, 2), call);
          }
        });
  }

  private static void enqueue(Desk desk, Call call) {
    Desk.name(call)
        .ifPresent(unit ->
            EnqueueVerb.ask(desk.manager(), unit, Desk.text(call, 1), Desk.text(call, 2), call));
  }
}
