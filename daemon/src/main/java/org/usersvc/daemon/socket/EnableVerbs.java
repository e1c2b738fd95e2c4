package org.usersvc.daemon.socket;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.definition.DisableOutcome;
import org.usersvc.daemon.definition.DisableOutcome.Disabled;
import org.usersvc.daemon.definition.EnableOutcome;
import org.usersvc.daemon.definition.Enabling;
import org.usersvc.daemon.definition.HiddenService;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.socket.Request.Flag;
import org.usersvc.daemon.supervise.Operations.Outcome;
import org.usersvc.daemon.supervise.Supervised;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.supervise.Verb;

/**
 * enable and disable.
 *
 * <p>INVARIANT: a service that is being stopped because it was disabled is not enabled anew before
 * it has ended, so that it never runs twice. <b>Loop thread only.</b>
 */
final class EnableVerbs {
  /** Removal ends by force, so this is only a long time. */
  private static final Duration UNTIL_GONE = Duration.ofDays(3650);

  private final Supervisor supervisor;
  private final Enabling enabling;
  private final EventLoop loop;

  /** Names whose service is being stopped, and what waits for that. */
  private final Map<String, List<Runnable>> leaving = new HashMap<>();

  EnableVerbs(Supervisor supervisor, Enabling enabling, EventLoop loop) {
    this.supervisor = supervisor;
    this.enabling = enabling;
    this.loop = loop;
  }

  /** Answered when the services are supervised; with {@code now}, when they are ready. */
  void enable(Request request, Answer answer) throws IOException {
    var names = names(request);
    afterLeaving(names, () -> enableAll(names, request, answer));
  }

  /** Answered when the services are out of the scan directory; with now, when they have ended. */
  void disable(Request request, Answer answer) throws IOException {
    var names = names(request);
    afterLeaving(names, () -> disableAll(names, request, answer));
  }

  private List<String> names(Request request) throws IOException {
    var names = request.words().operands().stream().distinct().toList();
    if (names.isEmpty()) {
      throw new IOException(request.verb() + " needs the name of a service");
    }
    if (supervisor.scanDescriptor() < 0) {
      String scan = supervisor.scanDirectory();
      throw new IOException("there is no " + scan + " yet; make it with mkdir -p " + scan);
    }
    return names;
  }

  private void afterLeaving(List<String> names, Runnable action) {
    for (String name : names) {
      var waiting = leaving.get(name);
      if (waiting != null) {
        waiting.add(() -> afterLeaving(names, action));
        return;
      }
    }
    action.run();
  }

  private void enableAll(List<String> names, Request request, Answer answer) {
    var tally = new Tally(answer);
    var enabled = new LinkedHashMap<String, EnableOutcome>();
    for (String name : names) {
      try {
        var outcome = enabling.enable(supervisor.scanDescriptor(), name);
        String failure = EnableTexts.failure(supervisor.scanDirectory(), name, outcome);
        if (failure == null) {
          enabled.put(name, outcome);
        } else {
          tally.fail(name, failure);
        }
      } catch (FileFault fault) {
        tally.fail(name, String.valueOf(fault.getMessage()));
      }
    }
    supervisor.rescan(() -> enabled(enabled, request, tally));
  }

  private void enabled(Map<String, EnableOutcome> enabled, Request request, Tally tally) {
    var supervised = new ArrayList<String>();
    enabled.forEach((name, outcome) -> {
      tally.out(EnableTexts.enabled(name, outcome, request.json()));
      if (supervisor.find(name) == null) {
        String reason = supervisor.refusal(name);
        tally.fail(name, reason == null ? "it was taken away again" : reason);
      } else {
        supervised.add(name);
      }
    });
    if (request.words().options().has(Flag.NOW) && !supervised.isEmpty()) {
      new Operation(supervisor, Verb.UP, request.of(supervised), tally, loop).begin();
    } else {
      tally.end(0);
    }
  }

  private void disableAll(List<String> names, Request request, Answer answer) {
    var tally = new Tally(answer);
    var stopping = new LinkedHashMap<String, Supervised>();
    loop.requests()
        .each(
            names,
            name -> tally.attempt(() -> disableOne(name, request, tally, stopping)),
            () -> supervisor.rescan(() -> disabled(stopping, request, tally)));
  }

  private void disableOne(
      String name, Request request, Tally tally, Map<String, Supervised> stopping) {
    try {
      disableInTree(name, request, tally, stopping);
    } catch (FileFault fault) {
      tally.fail(name, String.valueOf(fault.getMessage()));
    }
  }

  private void disableInTree(
      String name, Request request, Tally tally, Map<String, Supervised> stopping)
      throws FileFault {
    var process = supervisor.find(name);
    var outcome = enabling.disable(supervisor.scanDescriptor(), name);
    String failure = EnableTexts.failure(supervisor.scanDirectory(), name, outcome);
    if (failure != null) {
      tally.fail(name, failure);
      return;
    }
    tally.out(EnableTexts.disabled(name, outcome, request.json()));
    if (process != null && ends(process, name, outcome)) {
      stopping.put(name, process);
    }
    if (outcome instanceof Disabled(var hidden)) {
      deleteLater(name, process, hidden, tally);
    }
  }

  /** A directory that the scan directory names twice is supervised until both names are gone. */
  private static boolean ends(Supervised process, String name, DisableOutcome outcome) {
    return outcome instanceof Disabled || process.service().names().stream().allMatch(name::equals);
  }

  private void deleteLater(
      String name, @Nullable Supervised process, HiddenService hidden, Tally tally)
      throws FileFault {
    if (process == null) {
      hidden.delete();
      return;
    }
    leaving.computeIfAbsent(name, _ -> new ArrayList<>());
    supervisor.operations().awaitEnd(process, UNTIL_GONE, end -> left(name, hidden, tally));
  }

  private void left(String name, HiddenService hidden, Tally tally) {
    try {
      hidden.delete();
    } catch (FileFault fault) {
      tally.fail(name, String.valueOf(fault.getMessage()));
    }
    var waiting = leaving.remove(name);
    if (waiting != null) {
      waiting.forEach(Runnable::run);
    }
  }

  private void disabled(Map<String, Supervised> stopping, Request request, Tally tally) {
    if (!request.words().options().has(Flag.NOW) || stopping.isEmpty()) {
      tally.end(0);
      return;
    }
    var cancellations = new ArrayList<Runnable>();
    tally.whenClosed(() -> cancellations.forEach(Runnable::run));
    var open = new HashSet<>(stopping.keySet());
    stopping.forEach((name, process) ->
        cancellations.add(
            supervisor
                .operations()
                .awaitEnd(
                    process, request.patience(), outcome -> ended(name, outcome, open, tally))));
  }

  private static void ended(String name, Outcome outcome, Set<String> open, Tally tally) {
    if (outcome != Outcome.DONE) {
      tally.fail(name, "it is disabled, and has not stopped yet");
    }
    open.remove(name);
    if (open.isEmpty()) {
      tally.end(0);
    }
  }

  /** An answer that counts failures and adds them to the exit status. */
  private static final class Tally implements Answer {
    private static final int MOST_FAILURES = 99;

    private final Answer answer;
    private int failures;

    Tally(Answer answer) {
      this.answer = answer;
    }

    void fail(String name, String reason) {
      failures++;
      answer.err("fail: " + NativeText.printable(name) + ": " + reason);
    }

    @Override
    public int clientPid() {
      return answer.clientPid();
    }

    @Override
    public void out(String line) {
      answer.out(line);
    }

    @Override
    public void err(String line) {
      answer.err(line);
    }

    @Override
    public void end(int status) {
      answer.end(Math.min(status + failures, MOST_FAILURES));
    }

    @Override
    public int descriptor() {
      return answer.descriptor();
    }

    @Override
    public void keeps(long bytes) {
      answer.keeps(bytes);
    }

    @Override
    public void whenClosed(Runnable action) {
      answer.whenClosed(action);
    }
  }
}
