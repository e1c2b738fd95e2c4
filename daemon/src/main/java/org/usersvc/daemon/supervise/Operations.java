package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.log.LogIntake;
import org.usersvc.daemon.platform.Platform;

/** What doors ask of services, and the answers that have to wait. <b>Loop thread only.</b> */
public final class Operations {
  /** How it went. */
  public enum Outcome {
    /** What was asked is done. */
    DONE,
    /** It is not done within the time; what was asked stays asked. */
    TIMED_OUT,
    /** It was not done within the time and was killed. */
    KILLED,
    /** Supervision ended before it was done. */
    GONE
  }

  /** So long a slow disk may keep an answer. */
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(1);

  private final Map<Supervised, Set<Wait>> waits = new HashMap<>();
  private final CheckScripts checks;
  private final Platform platform;
  private final LogIntake logs;

  Operations(Shared shared) {
    this.platform = shared.platform();
    this.logs = shared.logs();
    this.checks = shared.checks();
  }

  /**
   * Does what the verb says.
   *
   * @param patience how long to wait until it is done; zero: not at all
   * @param reply called once, on the loop, perhaps before this returns
   * @return ends the waiting without a reply, for a client that has gone
   */
  public Runnable ask(Supervised process, Verb verb, Duration patience, Consumer<Outcome> reply) {
    if (!process.answers()) {
      process.files().write(); // who is asked for by one door is to be found at the others
    }
    long startsBefore = process.starts();
    for (int i = 0; i < verb.letters().length(); i++) {
      var command = Command.ofLetter(verb.letters().charAt(i));
      if (command != null) {
        process.tell(command);
      }
    }
    if (patience.isZero() || verb.goal() == Goal.NONE) {
      reply.accept(Outcome.DONE);
      return () -> {};
    }
    return await(new Wait(this, process, verb, startsBefore, reply), patience);
  }

  /**
   * Waits until nothing of the service is supervised any more, and tells it nothing.
   *
   * @param reply as of {@link #ask}
   * @return as of {@link #ask}
   */
  public Runnable awaitEnd(Supervised process, Duration patience, Consumer<Outcome> reply) {
    return await(new Wait(this, process, Verb.EXIT, process.starts(), reply), patience);
  }

  /**
   * The last lines that a service has written, if the built-in logger has them, and has them soon.
   *
   * @param answer told once, on the loop
   */
  public void lastLines(Supervised process, int lines, Consumer<List<String>> answer) {
    var service = process.service();
    if (process.isLogger() || !service.output().isBuiltIn()) {
      answer.accept(List.of());
      return;
    }
    var found = new LogAnswer<>(platform.loop(), LOG_PATIENCE, List.<String>of(), answer);
    logs.last(service.id(), service.nativeName(), lines, found::come);
  }

  private Runnable await(Wait wait, Duration patience) {
    waits.computeIfAbsent(wait.process(), _ -> new LinkedHashSet<>()).add(wait);
    wait.begin(patience);
    return wait::cancel;
  }

  /** Looks whether waiting for the process is over; to be called when it has changed. */
  void review(Supervised changed) {
    var concerned = waits.get(changed);
    if (concerned != null) {
      List.copyOf(concerned).forEach(Wait::review);
    }
  }

  void ended(Wait wait) {
    var others = waits.get(wait.process());
    if (others != null && others.remove(wait) && others.isEmpty()) {
      waits.remove(wait.process());
    }
  }

  CheckScripts checks() {
    return checks;
  }
}
