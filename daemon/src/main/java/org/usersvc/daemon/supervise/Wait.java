package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.supervise.Operations.Outcome;

/** One client's waiting for one service. */
final class Wait {
  private final Operations operations;
  private final Supervised process;
  private final Verb verb;
  private final long startsBefore;
  private final Consumer<Outcome> reply;
  private Timers.@Nullable Armed deadline;
  private Timers.@Nullable Armed checkAgain;
  private Runnable endCheck = () -> {};
  private boolean checking;
  private boolean over;

  Wait(
      Operations operations,
      Supervised process,
      Verb verb,
      long startsBefore,
      Consumer<Outcome> reply) {
    this.operations = operations;
    this.process = process;
    this.verb = verb;
    this.startsBefore = startsBefore;
    this.reply = reply;
  }

  Supervised process() {
    return process;
  }

  void begin(Timers timers, Duration patience) {
    deadline = timers.after(patience, this::timeOut);
    review(timers);
  }

  void review() {
    if (checkAgain == null) {
      review(process.timers());
    }
  }

  private void review(Timers timers) {
    if (over || checking) {
      return;
    }
    if (verb.goal().lost(process, startsBefore)) {
      end(Outcome.GONE);
    } else if (verb.goal().reached(process, startsBefore)) {
      if (verb.goal().asksCheck(process) && process.directory().hasCheck()) {
        checking = true;
        endCheck = operations.checks().run(process, fine -> checked(fine, timers));
      } else {
        end(Outcome.DONE);
      }
    }
  }

  private void checked(boolean fine, Timers timers) {
    checking = false;
    if (over) {
      return;
    }
    if (fine && verb.goal().reached(process, startsBefore)) {
      end(Outcome.DONE);
      return;
    }
    checkAgain =
        timers.after(
            CheckScripts.AGAIN,
            () -> {
              checkAgain = null;
              review(timers);
            });
  }

  private void timeOut() {
    if (verb.force()) {
      process.performer().killScript();
      process.tell(Command.KILL);
    }
    end(verb.force() ? Outcome.KILLED : Outcome.TIMED_OUT);
  }

  private void end(Outcome outcome) {
    cancel();
    reply.accept(outcome);
  }

  void cancel() {
    over = true;
    if (checking) {
      endCheck.run();
    }
    operations.ended(this);
    if (deadline != null) {
      deadline.cancel();
    }
    if (checkAgain != null) {
      checkAgain.cancel();
    }
  }
}
