package org.usersvc.daemon.socket;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usersvc.daemon.activation.ScanDirectory;
import org.usersvc.daemon.enable.EnableOutcome;
import org.usersvc.daemon.enable.Enablement;
import org.usersvc.daemon.enable.Enablement.Removal;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.job.Outcome;
import org.usersvc.daemon.job.Verb;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.WaitLine;
import org.usersvc.daemon.socket.Request.Flag;
import org.usersvc.daemon.view.Commanded;

/** enable and disable. <b>Loop thread only.</b> */
final class EnableVerbs {
  /** The memory for a name until it is answered. */
  private static final int NAME_SIZE = 400;

  private final ScanDirectory scanDirectory;
  private final Enablement enablement;
  private final Operation.Parts parts;

  EnableVerbs(Operation.Parts parts, Enablement enablement, ScanDirectory scanDirectory) {
    this.scanDirectory = scanDirectory;
    this.enablement = enablement;
    this.parts = parts;
  }

  /** Answered when the services are supervised; with {@code now}, when they are ready. */
  void enable(Request request, Answer answer) throws IOException {
    if (request.words().operands().isEmpty() && !request.words().options().has(Flag.NOW)) {
      list(request, answer);
      return;
    }
    var tally = new Tally(answer);
    answer.whenClosed(
        enablement.enable(names(request, answer), found -> enabled(found, request, tally)));
  }

  private void list(Request request, Answer answer) {
    try {
      var choice = enablement.choice();
      if (request.json()) {
        choice.offers().forEach(offer -> answer.out(EnableTexts.offer(choice, offer)));
      } else if (choice.offers().isEmpty()) {
        answer.err(
            "usersvc: there is nothing to enable: no directory with a run is in "
                + NativeText.printable(String.join(", ", choice.looked())));
      } else {
        EnableTexts.offers(choice).forEach(answer::out);
      }
      answer.end(0);
    } catch (FileFault fault) {
      answer.err("usersvc: " + fault.getMessage());
      answer.end(1);
    }
  }

  /** Answered when the services are out of the scan directory; with now, when they have ended. */
  void disable(Request request, Answer answer) throws IOException {
    var names = names(request, answer);
    var tally = new Tally(answer);
    var unanswered = new LinkedHashSet<>(names);
    var stopping = new LinkedHashMap<String, Commanded>();
    answer.whenClosed(
        enablement.disable(
            names,
            (name, fault) -> tally.fail(name, String.valueOf(fault.getMessage())),
            (name, removal) -> {
              unanswered.remove(name);
              disabled(name, removal, request, tally);
              if (removal.stopping() != null) {
                stopping.put(name, removal.stopping());
              }
            },
            () -> {
              unanswered.forEach(name -> tally.fail(name, "an error inside usersvcd, see its log"));
              allDisabled(stopping, request, tally);
            }));
  }

  private List<String> names(Request request, Answer answer) throws IOException {
    var names = request.words().operands().stream().distinct().toList();
    if (names.isEmpty()) {
      throw new IOException(request.verb() + " needs the name of a service");
    }
    String obstacle = enablement.obstacle();
    if (obstacle != null) {
      throw new IOException(obstacle);
    }
    answer.keeps((long) NAME_SIZE * names.size());
    return names;
  }

  private void enabled(Map<String, EnableOutcome> outcomes, Request request, Tally tally) {
    var enabled = new LinkedHashMap<>(outcomes);
    outcomes.forEach((name, outcome) -> {
      String failure = EnableTexts.failure(scanDirectory.path(), name, outcome);
      if (failure != null) {
        tally.fail(name, failure);
        enabled.remove(name);
      }
    });
    enabled.forEach(
        (name, outcome) -> tally.answer().out(EnableTexts.enabled(name, outcome, request.json())));
    var supervised = new LinkedHashMap<String, Commanded>();
    for (String name : enabled.keySet()) {
      var service = tally.find(parts.services(), name);
      if (service != null) {
        supervised.put(name, service);
      }
    }
    if (request.words().options().has(Flag.NOW) && !supervised.isEmpty()) {
      startNow(supervised, request, tally);
    } else {
      tally.end();
    }
  }

  /** What only waits for a session or a login is no failure, and is not waited for. */
  private void startNow(Map<String, Commanded> services, Request request, Tally tally) {
    var open = new LinkedHashSet<>(services.keySet());
    var others = new ArrayList<String>();
    services.forEach((name, service) ->
        parts
            .operations()
            .ask(
                service,
                Verb.UP,
                Duration.ZERO,
                _ -> {
                  boolean waits = tell(name, service, request, tally);
                  if (!waits) {
                    others.add(name);
                  }
                  open.remove(name);
                  if (open.isEmpty()) {
                    awaitReady(others, request, tally);
                  }
                }));
  }

  private static boolean tell(String name, Commanded service, Request request, Tally tally) {
    String wait = WaitLine.of(service.view());
    if (!wait.isEmpty()) {
      tally.answer().out(EnableTexts.waits(name, service.view(), wait, request.json()));
    }
    return !wait.isEmpty();
  }

  private void awaitReady(List<String> started, Request request, Tally tally) {
    if (started.isEmpty()) {
      tally.end();
    } else {
      new Operation(parts, Verb.UP, request.of(started), tally).begin();
    }
  }

  private void disabled(String name, Removal removal, Request request, Tally tally) {
    String failure = EnableTexts.failure(scanDirectory.path(), name, removal.outcome());
    if (failure == null) {
      tally.answer().out(EnableTexts.disabled(name, removal.outcome(), request.json()));
    } else {
      tally.fail(name, failure);
    }
  }

  private void allDisabled(Map<String, Commanded> stopping, Request request, Tally tally) {
    if (request.words().options().has(Flag.NOW) && !stopping.isEmpty()) {
      await(stopping, request, tally);
    } else {
      tally.end();
    }
  }

  private void await(Map<String, Commanded> stopping, Request request, Tally tally) {
    var cancellations = new ArrayList<Runnable>();
    tally.answer().whenClosed(() -> cancellations.forEach(Runnable::run));
    var open = new HashSet<>(stopping.keySet());
    stopping.forEach((name, service) ->
        cancellations.add(
            parts
                .operations()
                .awaitEnd(
                    service, request.patience(), outcome -> ended(name, outcome, open, tally))));
  }

  private static void ended(String name, Outcome outcome, Set<String> open, Tally tally) {
    if (outcome != Outcome.DONE) {
      tally.fail(name, "it is disabled, and has not stopped yet");
    }
    open.remove(name);
    if (open.isEmpty()) {
      tally.end();
    }
  }
}
