package org.usersvc.systemd.bus;

import java.util.List;
import java.util.Map;
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
final class StartMethods implements Table.Part<Desk> {
  private static final Map<String, Verb> VERBS = Verb.byWord("Unit");

  @Override
  public void declare(Table.Members members) {
    VERBS.keySet().forEach(name -> members.verb(name, "ss", "o"));
    members
        .verb("StartUnitWithFlags", "sst", "o")
        .verb("StartUnitReplace", "sss", "o")
        .verb("EnqueueUnitJob", "sss", EnqueueVerb.RESULT)
        .verb("EnqueueMarkedJobs", "", "ao");
  }

  @Override
  public void perform(Desk desk, Call call) {
    switch (call.member()) {
      case "StartUnitWithFlags" -> startWithFlags(desk, call);
      case "StartUnitReplace" -> replace(desk, call);
      case "EnqueueUnitJob" -> enqueue(desk, call);
      case "EnqueueMarkedJobs" -> call.answer("ao", List.of());
      default -> {
        var verb = VERBS.get(call.member());
        if (verb == null) {
          throw Table.Part.unknown(call.member());
        }
        ask(desk, Desk.name(call), verb, Desk.text(call, 1), call);
      }
    }
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
