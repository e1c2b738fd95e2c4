package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.function.Consumer;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.supervise.Operations.Outcome;

/** One client's waiting for one service. */
final class Wait {
  private final Operations operations;
  private final Supervised process;
  private final Verb verb;
  private final long startsBefore;
  private final Consumer<Outcome> reply;
  private final Alarm deadline;
  private final Alarm checkAgain;
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
    this.deadline = new Alarm(process.timers());
    this.checkAgain = new Alarm(process.timers());
  }

  Supervised process() {
    return process;
  }

  void begin(Duration patience) {
    deadline.set(patience, this::timeOut);
    look();
  }

  void review() {
    if (!checkAgain.isSet()) {
      look();
    }
  }

  private void look() {
    if (over || checking) {
      return;
    }
    if (verb.goal().lost(process, startsBefore)) {
      end(Outcome.GONE);
    } else if (verb.goal().reached(process, startsBefore)) {
      if (verb.goal().asksCheck(process) && process.directory().hasCheck()) {
        checking = true;
        endCheck = operations.checks().run(process, this::checked);
      } else {
        end(Outcome.DONE);
      }
    }
  }

  private void checked(boolean fine) {
    checking = false;
    if (over) {
      return;
    }
    if (fine && verb.goal().reached(process, startsBefore)) {
      end(Outcome.DONE);
      return;
    }
    checkAgain.set(CheckScripts.AGAIN, this::look);
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
    deadline.clear();
    checkAgain.clear();
  }
}
