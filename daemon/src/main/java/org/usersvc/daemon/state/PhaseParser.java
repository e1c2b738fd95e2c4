package org.usersvc.daemon.state;

import java.io.IOException;
import org.usersvc.daemon.lifecycle.Cause;
import org.usersvc.daemon.lifecycle.Next;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Result;

/**
 * Reads phases: as {@link Phase#word} names them, and as earlier daemons have. What is on its way
 * between two answers is what it comes from.
 */
final class PhaseParser {
  private PhaseParser() {}

  static Phase of(Fields fields) throws IOException {
    String word = fields.text("phase");
    return switch (word) {
      case "down", "failed" -> new Phase.Down(result(fields));
      case "incomplete" -> new Phase.Incomplete();
      case "waiting" -> new Phase.Waiting();
      case "starting", "preparing" -> new Phase.Preparing();
      case "run", "running" ->
          new Phase.Running(
              fields.integer("pid"),
              fields.truth("term"),
              false,
              cause(fields),
              fields.truth("ready"));
      case "done", "completed" -> new Phase.Completed();
      case "finish", "finishing" ->
          new Phase.Finishing(fields.integer("pid"), fields.word(Next.class, "next"));
      case "backoff", "backing-off" -> new Phase.BackingOff();
      case "gone" -> new Phase.Gone();
      default -> throw new IOException("no phase: " + word);
    };
  }

  /** Daemons of before have written whether it has failed, and no more. */
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
