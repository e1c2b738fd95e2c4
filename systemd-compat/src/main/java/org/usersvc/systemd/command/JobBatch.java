package org.usersvc.systemd.command;

import java.util.List;
import java.util.Set;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.UnitVerbs.Verb;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.syntax.UnitName;

/** One request for jobs of several units, until all that it waits for has ended. */
final class JobBatch {
  private static final int FAILED = 1;
  private static final int NOT_APPLICABLE = 3;
  private static final int NOT_ALLOWED = 4;
  private static final int NOT_KNOWN = 5;

  /** Where an answer has the unit and the type of the job that was asked for. */
  private static final int ANCHOR_UNIT = 2;

  private static final int ANCHOR_TYPE = 4;

  /** Where a row for another job has them. */
  private static final int ROW_UNIT = 2;

  private static final int ROW_TYPE = 4;

  private final Asking asking;
  private final Verb verb;
  private final String mode;
  private final Set<UnitName> units;
  private int open = 1;
  private int status;

  JobBatch(Asking asking, Verb verb, String mode, Set<UnitName> units) {
    this.asking = asking;
    this.verb = verb;
    this.mode = mode;
    this.units = units;
  }

  void begin() {
    units.forEach(this::ask);
    end();
  }

  private void ask(UnitName unit) {
    if (asking.has("show-transaction")) {
      showTransaction(unit);
      return;
    }
    asking.call(verb.word() + "Unit", reply -> asked(unit, reply), unit.toString(), mode);
  }

  private void asked(UnitName unit, Link.Reply reply) {
    switch (reply) {
      case Link.Reply.Failed(var error, var text) -> refuse(unit, error, text);
      case Link.Reply.Values(var values) -> {
        String path = values.getFirst().toString();
        queued(unit, Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
      }
    }
  }

  private void queued(UnitName unit, int job) {
    warnOfTriggers(unit);
    if (!asking.has("no-block")) {
      open++;
      asking.place().waits().forJob(job, result -> jobEnded(unit, result));
    }
  }

  /** Asks so that the jobs are told that the request has led to. */
  private void showTransaction(UnitName unit) {
    asking.call(
        "EnqueueUnitJob",
        reply -> {
          switch (reply) {
            case Link.Reply.Failed(var error, var text) -> refuse(unit, error, text);
            case Link.Reply.Values(var values) -> {
              int job = ((Number) values.getFirst()).intValue();
              told("anchor", job, values.get(ANCHOR_UNIT), values.get(ANCHOR_TYPE));
              for (Object each : (List<?>) values.getLast()) {
                var row = (Object[]) each;
                told("auxiliary", ((Number) row[0]).intValue(), row[ROW_UNIT], row[ROW_TYPE]);
              }
              queued(unit, job);
            }
          }
        },
        unit.toString(),
        verb == Verb.RELOAD_OR_TRY_RESTART ? "reload-or-try-restart" : word(),
        mode);
  }

  private void told(String kind, int job, Object unit, Object type) {
    if (!asking.has("quiet")) {
      asking.err("Enqueued " + kind + " job " + job + " " + unit + "/" + type + ".");
    }
  }

  private void refuse(UnitName unit, String error, String text) {
    String done = verb == Verb.RELOAD_OR_TRY_RESTART ? "reload or restart" : word();
    asking.err("Failed to " + done + " " + unit + ": " + text);
    boolean isUnknown = error.equals(BusErrors.NO_SUCH_UNIT);
    boolean isKnown = !isUnknown && !error.endsWith(".JobTypeNotApplicable");
    if (isKnown && !error.endsWith("UnitMasked")) {
      asking.err("See user logs and 'systemctl --user status " + unit + "' for details.");
    }
    status = isUnknown ? NOT_KNOWN : status(error);
  }

  private static int status(String error) {
    return switch (error.substring(error.lastIndexOf('.') + 1)) {
      case "JobTypeNotApplicable" -> NOT_APPLICABLE;
      case "OnlyByDependency", "NoIsolation", "TransactionIsDestructive" -> NOT_ALLOWED;
      default -> FAILED;
    };
  }

  /** {@code RELOAD_OR_RESTART} as a sentence has it. */
  private String word() {
    return switch (verb) {
      case START -> "start";
      case STOP -> "stop";
      case RELOAD -> "reload";
      case RESTART -> "restart";
      case TRY_RESTART -> "try-restart";
      case RELOAD_OR_RESTART, RELOAD_OR_TRY_RESTART -> "reload-or-restart";
    };
  }

  private void warnOfTriggers(UnitName unit) {
    if (verb == Verb.STOP && !asking.has("quiet") && !asking.has("no-warn")) {
      var triggers = JobCommands.triggers(asking, unit);
      if (!triggers.isEmpty()) {
        asking.err(
            "Warning: Stopping "
                + unit
                + ", but it can still be activated by:\n  "
                + String.join("\n  ", triggers));
      }
    }
  }

  private void jobEnded(UnitName unit, JobResult result) {
    if (result != JobResult.DONE && result != JobResult.SKIPPED) {
      status = FAILED;
      if (!asking.has("quiet")) {
        asking.err(JobEnds.text(asking, unit, result));
      }
    } else if (asking.has("wait") && verb != Verb.STOP) {
      waitForEnd(unit);
    }
    end();
  }

  private void waitForEnd(UnitName unit) {
    if (Properties.of(asking, unit).isDown()) {
      unitEnded(unit);
    } else {
      open++;
      asking
          .place()
          .waits()
          .forEnd(
              unit,
              _ -> {
                unitEnded(unit);
                end();
              });
    }
  }

  private void unitEnded(UnitName unit) {
    if (Properties.of(asking, unit).text("ActiveState").equals("failed")) {
      status = FAILED;
    }
  }

  private void end() {
    open--;
    if (open == 0) {
      asking.end(status);
    }
  }
}
