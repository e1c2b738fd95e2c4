package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.face.UnitVerbs.Wish;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Spelling;

/** Requests a job of any type, and answers with the others that it has brought with it. */
public final class EnqueueVerb {
  /** The types of the method's result: the job, and the others. */
  public static final String RESULT = "uososa(uosos)";

  private EnqueueVerb() {}

  /** Requests a job by the words for its type and its mode. */
  public static void ask(Manager manager, UnitName unit, String type, String mode, Call call) {
    var wish = wish(type);
    var known = JobMode.ofWord(mode);
    if (wish.isEmpty()) {
      call.fail(StandardErrors.INVALID_ARGS, "Job type " + type + " invalid");
    } else if (known.isEmpty()) {
      call.fail(StandardErrors.INVALID_ARGS, "Job mode " + mode + " invalid");
    } else {
      answer(UnitVerbs.ask(manager, unit, wish.get(), known.get()), call);
    }
  }

  private static Optional<Wish> wish(String word) {
    return switch (word) {
      case "reload-or-restart" -> Optional.of(new Wish(JobType.RESTART, true));
      case "reload-or-try-restart" -> Optional.of(new Wish(JobType.TRY_RESTART, true));
      default -> Spelling.parse(JobType.class, word).map(type -> new Wish(type, false));
    };
  }

  private static void answer(Asked asked, Call call) {
    switch (asked) {
      case Asked.Queued(Job job, List<Job> others) -> {
        var values = new ArrayList<>(Arrays.asList(row(job)));
        values.add(others.stream().map(EnqueueVerb::row).toList());
        call.answer(RESULT, values.toArray());
      }
      case Asked.Refused(var reason) -> BusErrors.refuse(call, reason);
    }
  }

  private static Object[] row(Job job) {
    return new Object[] {
      (long) job.id(),
      ObjectPaths.ofJob(job.id()),
      job.unit().toString(),
      ObjectPaths.of(job.unit()),
      job.type().word()
    };
  }
}
