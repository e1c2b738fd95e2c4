package org.usersvc.daemon.state;

import java.io.IOException;
import org.usersvc.daemon.lifecycle.Cause;
import org.usersvc.daemon.lifecycle.Next;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Result;

/**
 * The words for phases in the file. They never change: an earlier daemon may have to read them
 * after a downgrade.
 */
final class PhaseWords {
  private PhaseWords() {}

  /** Starting, FinishStarting and Settling share words with Preparing, Finishing and BackingOff. */
  static String of(Phase phase) {
    return switch (phase) {
      case Phase.Down _ -> "down";
      case Phase.Incomplete _ -> "incomplete";
      case Phase.Waiting _ -> "waiting";
      case Phase.Preparing _, Phase.Starting _ -> "preparing";
      case Phase.Running _ -> "running";
      case Phase.Completed _ -> "completed";
      case Phase.FinishStarting _, Phase.Finishing _ -> "finishing";
      case Phase.BackingOff _, Phase.Settling _ -> "backing-off";
      case Phase.Gone _ -> "gone";
    };
  }

  static Phase phase(Fields fields) throws IOException {
    String word = fields.text("phase");
    return switch (word) {
      case "down" -> new Phase.Down(result(fields));
      case "incomplete" -> new Phase.Incomplete();
      case "waiting" -> new Phase.Waiting();
      case "preparing" -> new Phase.Preparing();
      case "running" ->
          new Phase.Running(
              fields.integer("pid"),
              fields.truth("term"),
              false,
              cause(fields),
              fields.truth("ready"));
      case "completed" -> new Phase.Completed();
      case "finishing" ->
          new Phase.Finishing(fields.integer("pid"), fields.word(Next.class, "next"));
      case "backing-off" -> new Phase.BackingOff();
      case "gone" -> new Phase.Gone();
      default -> throw new IOException("no phase: " + word);
    };
  }

  /** Earlier versions write only whether it has failed. */
  private static Result result(Fields fields) throws IOException {
    if (fields.has("result")) {
      return fields.word(Result.class, "result");
    }
    return fields.truth("failed") ? Result.FAILED : Result.ASKED;
  }

  private static Cause cause(Fields fields) throws IOException {
    if (fields.has("cause")) {
      return fields.word(Cause.class, "cause");
    }
    return fields.truth("outdated") ? Cause.NEED_CHANGED : Cause.NONE;
  }
}
