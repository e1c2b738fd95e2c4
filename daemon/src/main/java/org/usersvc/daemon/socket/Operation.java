package org.usersvc.daemon.socket;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.enable.Enablement;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.job.Outcome;
import org.usersvc.daemon.job.Verb;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.FailureLine;
import org.usersvc.daemon.render.Json;
import org.usersvc.daemon.render.ScheduleLine;
import org.usersvc.daemon.render.StatusLine;
import org.usersvc.daemon.render.WaitLine;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.daemon.view.Services;

/**
 * One verb for several services: they are commanded one after the other, as the loop has time, and
 * each is answered when it and those that were named before it are done.
 */
final class Operation {
  /** The memory for a service that is waited for. */
  private static final int WAIT_SIZE = 400;

  private static final int LAST_LINES = 5;

  private final Parts parts;
  private final Operations operations;
  private final Verb verb;
  private final Request request;
  private final Tally tally;
  private final Answer answer;
  private final InOrder answers;
  private final EventLoop loop;
  private final List<Runnable> cancellations = new ArrayList<>();
  private int open = 1;
  private boolean over;

  /** The shared parts of all operations. */
  record Parts(Services services, Operations operations, EventLoop loop, Enablement enablement) {}

  Operation(Parts parts, Verb verb, Request request, Tally tally) {
    this.parts = parts;
    this.operations = parts.operations();
    this.loop = parts.loop();
    this.verb = verb;
    this.request = request;
    this.tally = tally;
    this.answer = tally.answer();
    this.answers = new InOrder(answer);
  }

  void begin() {
    answer.keeps((long) WAIT_SIZE * request.services().size());
    answer.whenClosed(this::cancel);
    loop.requests().each(request.services(), this::prepare, this::oneDone);
  }

  private void cancel() {
    over = true;
    cancellations.forEach(Runnable::run);
  }

  private void prepare(String name) {
    open++;
    var part = answers.next();
    parts.services().prepare(name, () -> answer.attempt(() -> begin(name, part)));
  }

  private void begin(String name, InOrder.Part part) {
    var service = over ? null : tally.find(parts, name, part::err);
    if (service == null) {
      oneDone(part);
      return;
    }
    Consumer<Outcome> reply = outcome -> answer.attempt(() -> done(service, outcome, part));
    cancellations.add(
        request.asked() == null
            ? operations.askUnlessItWaits(service, verb, request.patience(), reply)
            : operations.ask(service, verb, request.patience(), reply));
  }

  private void done(Commanded service, Outcome outcome, InOrder.Part part) {
    var view = service.view();
    switch (outcome) {
      case DONE -> show("ok: ", view, outcome, part);
      case WAITS -> showWaiting(view, part);
      case TIMED_OUT -> show("timeout: ", view, outcome, part);
      case KILLED -> show("kill: ", view, outcome, part);
      case FAILED, GONE -> show("fail: ", view, outcome, part);
    }
    boolean explains = verb.startsUp() || outcome == Outcome.FAILED;
    if (outcome == Outcome.DONE || outcome == Outcome.WAITS || !explains || request.json()) {
      oneDone(part);
    } else {
      operations.lastLines(service, LAST_LINES, lines -> showLast(view, lines, part));
    }
  }

  /** The last lines of a service that does not come up often explain why. */
  private void showLast(ServiceView view, List<String> lines, InOrder.Part part) {
    for (String line : lines) {
      part.err(view.name() + ": " + NativeText.printable(line));
    }
    oneDone(part);
  }

  private void show(String prefix, ServiceView view, Outcome outcome, InOrder.Part part) {
    if (request.json()) {
      part.out(json(view, outcome));
    }
    if (outcome != Outcome.DONE) {
      tally.fail(prefix + line(view, outcome), part::err);
    } else if (!request.json()) {
      boolean waits = verb.startsUp() && ScheduleLine.waits(view);
      part.out(
          prefix + (waits ? ScheduleLine.of(view, ZoneId.systemDefault()) : StatusLine.now(view)));
    }
  }

  private void showWaiting(ServiceView view, InOrder.Part part) {
    part.out(EnableTexts.waits(view.nativeName(), view, WaitLine.of(view), request.json()));
  }

  private static String line(ServiceView view, Outcome outcome) {
    if (outcome == Outcome.FAILED) {
      return FailureLine.of(view);
    }
    String wait = view.missing().isEmpty() ? "" : WaitLine.of(view);
    return StatusLine.withReason(view) + (wait.isEmpty() ? "" : "; it starts " + wait);
  }

  private static String json(ServiceView view, Outcome outcome) {
    String service = Json.service(view);
    return Json.object(json -> {
      json.writeStringField("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT));
      json.writeFieldName("service");
      json.writeRawValue(service);
    });
  }

  private void oneDone(InOrder.Part part) {
    part.end();
    oneDone();
  }

  private void oneDone() {
    open--;
    if (open == 0) {
      tally.end();
    }
  }
}
