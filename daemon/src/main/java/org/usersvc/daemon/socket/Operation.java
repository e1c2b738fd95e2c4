package org.usersvc.daemon.socket;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.job.Outcome;
import org.usersvc.daemon.job.Verb;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.Json;
import org.usersvc.daemon.render.StatusLine;
import org.usersvc.daemon.supervise.Supervised;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.view.ServiceView;

/**
 * One verb for several services: they are commanded one after the other, as the loop has time, and
 * each is answered when it is done.
 */
final class Operation {
  /** The memory for a service that is waited for. */
  private static final int WAIT_SIZE = 400;

  private static final int LAST_LINES = 5;

  private final Supervisor supervisor;
  private final Operations operations;
  private final Verb verb;
  private final Request request;
  private final Tally tally;
  private final Answer answer;
  private final EventLoop loop;
  private final List<Runnable> cancellations = new ArrayList<>();
  private int open = 1;
  private boolean over;

  /** The shared parts of all operations. */
  record Parts(Supervisor supervisor, Operations operations, EventLoop loop) {}

  Operation(Parts parts, Verb verb, Request request, Tally tally) {
    this.supervisor = parts.supervisor();
    this.operations = parts.operations();
    this.loop = parts.loop();
    this.verb = verb;
    this.request = request;
    this.tally = tally;
    this.answer = tally.answer();
  }

  void begin() {
    answer.keeps((long) WAIT_SIZE * request.services().size());
    answer.whenClosed(this::cancel);
    loop.requests()
        .each(request.services(), name -> answer.attempt(() -> begin(name)), this::oneDone);
  }

  private void cancel() {
    over = true;
    cancellations.forEach(Runnable::run);
  }

  private void begin(String name) {
    if (over) {
      return;
    }
    var process = tally.find(supervisor, name);
    if (process == null) {
      return;
    }
    open++;
    cancellations.add(
        operations.ask(
            process,
            verb,
            request.patience(),
            outcome -> answer.attempt(() -> done(process, outcome))));
  }

  private void done(Supervised process, Outcome outcome) {
    var view = new ServiceView(process);
    switch (outcome) {
      case DONE -> tell("ok: ", view, outcome);
      case TIMED_OUT -> tell("timeout: ", view, outcome);
      case KILLED -> tell("kill: ", view, outcome);
      case GONE -> tell("fail: ", view, outcome);
    }
    if (outcome == Outcome.DONE || !verb.startsUp() || request.json()) {
      oneDone();
    } else {
      operations.lastLines(process, LAST_LINES, lines -> tellLast(process, lines));
    }
  }

  /** The last lines of a service that does not come up often explain why. */
  private void tellLast(Supervised process, List<String> lines) {
    for (String line : lines) {
      answer.err(process.name() + ": " + NativeText.printable(line));
    }
    oneDone();
  }

  private void tell(String prefix, ServiceView view, Outcome outcome) {
    if (request.json()) {
      answer.out(json(view, outcome));
    }
    if (outcome != Outcome.DONE) {
      tally.fail(prefix + StatusLine.withReason(view));
    } else if (!request.json()) {
      answer.out(prefix + StatusLine.now(view));
    }
  }

  private static String json(ServiceView view, Outcome outcome) {
    String service = Json.service(view);
    return Json.object(json -> {
      json.writeStringField("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT));
      json.writeFieldName("service");
      json.writeRawValue(service);
    });
  }

  private void oneDone() {
    open--;
    if (open == 0) {
      tally.end();
    }
  }
}
