package org.usersvc.daemon.main;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.os.Handover;
import org.usersvc.daemon.os.Reexec;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.socket.Answer;
import org.usersvc.daemon.socket.Backend;
import org.usersvc.daemon.socket.ControlSocket;
import org.usersvc.daemon.supervise.Supervisor;

/**
 * Puts another program, usually a new version, in the place of this one: the other one is tried
 * first, then clients are served to the end, then this program's state goes to a file, and the
 * other one is executed. If any step fails, this program goes on. <b>Loop thread only.</b>
 */
final class Replacement implements Backend.Replacer {
  /** So long it waits for clients that are being served. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String DISMISSAL = "usersvcd is being replaced; ask again";

  /** The state that a replacement must not lose. */
  interface Belongings {
    /**
     * Writes the state for the next program, and pauses.
     *
     * @return empty, or the reason why that failed; then there is no pause
     */
    String pack();

    /** Goes on after {@link #pack}. */
    void unpack();

    /** The handover of this process, with all descriptors. */
    Handover handover(long since, List<Handover.Asker> askers);
  }

  /** Puts a program in the place of this one; returns only if that failed, with the reason. */
  @FunctionalInterface
  interface Successor {
    FileFault replaceBy(Reexec.Program next, Handover handover);
  }

  private enum Step {
    NONE,
    REHEARSAL,
    FAREWELL,
    DUE
  }

  private final Platform platform;
  private final Supervisor supervisor;
  private final Reexec.@Nullable Program program;
  private final Belongings belongings;
  private final Successor successor;
  private final Map<Answer, Boolean> askers = new LinkedHashMap<>();
  private final List<Consumer<String>> others = new ArrayList<>();
  private @Nullable ControlSocket socket;
  private final Alarm bound;
  private Step step = Step.NONE;
  private long since;

  /**
   * @param program null if the script that has started this program is unknown
   */
  Replacement(
      Platform platform,
      Supervisor supervisor,
      Reexec.@Nullable Program program,
      Belongings belongings,
      Successor successor) {
    this.platform = platform;
    this.supervisor = supervisor;
    this.program = program;
    this.belongings = belongings;
    this.successor = successor;
    this.bound = new Alarm(platform.loop().timers());
  }

  /** To be called when clients can be answered. */
  void begin(@Nullable ControlSocket clients) {
    socket = clients;
    platform.loop().at(TurnEnd.LEAVE, this::replaceIfDue);
  }

  @Override
  public void ask(boolean json, Answer answer) {
    askers.put(answer, json);
    answer.whenClosed(() -> askers.remove(answer));
    ask();
  }

  /**
   * Replaces without an answer to a client.
   *
   * @param refused is given the reason if this program cannot be replaced
   */
  void ask(Consumer<String> refused) {
    others.add(refused);
    ask();
  }

  /** Replaces, and answers no client. */
  void ask() {
    if (step != Step.NONE) {
      return;
    }
    step = Step.REHEARSAL;
    if (program == null) {
      refuse("it was not started by the script usersvcd, which would be executed");
    } else {
      new VersionProbe(platform, program.path(), this::rehearsed).begin(program.environment());
    }
  }

  private void rehearsed(String trouble) {
    if (trouble.isEmpty()) {
      supervisor.whenSettled(this::sayFarewell);
    } else {
      refuse(trouble);
    }
  }

  private void sayFarewell() {
    step = Step.FAREWELL;
    since = platform.loop().clock().nanos();
    bound.set(PATIENCE, this::due);
    if (socket == null) {
      due();
    } else {
      socket.admitNobody(askers.size(), this::due);
    }
  }

  private void due() {
    if (step == Step.FAREWELL) {
      step = Step.DUE;
      platform.loop().stayAwake();
    }
  }

  private void replaceIfDue() {
    if (step == Step.DUE && program != null) {
      bound.clear();
      String reason = "a bug, see the log";
      try {
        reason = supervisor.isStopping() ? "the services are being stopped" : replaceBy(program);
      } finally {
        goOn(reason);
      }
    }
  }

  /** Returns the reason of the failure. */
  private String replaceBy(Reexec.Program next) {
    if (socket != null) {
      socket.dismiss(askers.keySet(), DISMISSAL);
    }
    var waiting = new ArrayList<Handover.Asker>();
    askers.forEach((answer, json) -> waiting.add(new Handover.Asker(answer.descriptor(), json)));
    String trouble = belongings.pack();
    if (!trouble.isEmpty()) {
      return trouble;
    }
    // the next program would not know them and would start others
    platform.processes().giveUpLate();
    try {
      var fault = successor.replaceBy(next, belongings.handover(since, waiting));
      return String.valueOf(fault.getMessage());
    } finally {
      belongings.unpack();
    }
  }

  private void goOn(String reason) {
    if (socket != null) {
      socket.admitAgain();
    }
    refuse(reason);
  }

  private void refuse(String reason) {
    step = Step.NONE;
    platform.messages().warn("not replaced: " + reason + "; this usersvcd goes on");
    for (var answer : List.copyOf(askers.keySet())) {
      answer.err("usersvc: usersvcd is not replaced: " + reason);
      answer.end(1);
    }
    askers.clear();
    var told = List.copyOf(others);
    others.clear();
    told.forEach(other -> other.accept(reason));
  }
}
