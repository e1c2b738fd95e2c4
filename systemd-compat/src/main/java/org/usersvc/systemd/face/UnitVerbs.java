package org.usersvc.systemd.face;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Controller.Who;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Spelling;

/** What callers have done to units, at the units' objects and at the manager's. */
public final class UnitVerbs implements Table.Part<Subject> {
  private static final Map<String, Verb> VERBS = Verb.byWord("");

  /**
   * What a method for jobs asks for.
   *
   * @param prefersReload whether a reload is as good as a restart
   */
  public record Wish(JobType type, boolean prefersReload) {}

  /** The methods for jobs, by the verb in their names, such as {@code TryRestart}. */
  public enum Verb {
    START("Start", JobType.START, false),
    STOP("Stop", JobType.STOP, false),
    RELOAD("Reload", JobType.RELOAD, false),
    RESTART("Restart", JobType.RESTART, false),
    TRY_RESTART("TryRestart", JobType.TRY_RESTART, false),
    RELOAD_OR_RESTART("ReloadOrRestart", JobType.RESTART, true),
    RELOAD_OR_TRY_RESTART("ReloadOrTryRestart", JobType.TRY_RESTART, true);

    private final String word;
    private final JobType type;
    private final boolean prefersReload;

    Verb(String word, JobType type, boolean prefersReload) {
      this.word = word;
      this.type = type;
      this.prefersReload = prefersReload;
    }

    /** The beginning of the method's name. */
    public String word() {
      return word;
    }

    /** What it asks for. */
    public Wish wish() {
      return new Wish(type, prefersReload);
    }

    /** All by the names of methods, which are their words with a suffix, in their order. */
    public static Map<String, Verb> byWord(String suffix) {
      var all = new LinkedHashMap<String, Verb>();
      for (var verb : values()) {
        all.put(verb.word + suffix, verb);
      }
      return all;
    }
  }

  @Override
  public void declare(Table.Members members) {
    VERBS.keySet().forEach(word -> members.verb(word, "s", "o"));
    members
        .verb("EnqueueJob", "ss", EnqueueVerb.RESULT)
        .verb("Kill", "si", "")
        .verb("ResetFailed", "", "")
        .verb("Ref", "", "")
        .verb("Unref", "", "");
  }

  @Override
  public void perform(Subject subject, Call call) {
    var manager = subject.ground().manager();
    switch (call.member()) {
      case "EnqueueJob" ->
          EnqueueVerb.ask(manager, subject.unit().id(), text(call, 0), text(call, 1), call);
      case "Kill" -> kill(subject.record(), call.arguments(), call);
      case "ResetFailed" -> resetFailed(subject, call);
      case "Ref" -> subject.ground().holds().holdFor(subject.record(), call);
      case "Unref" -> subject.ground().holds().release(subject.record(), call);
      default -> ask(subject, VERBS.get(call.member()), call);
    }
  }

  private static void ask(Subject subject, @Nullable Verb verb, Call call) {
    if (verb == null) {
      throw Table.Part.unknown(call.member());
    }
    ask(subject.ground().manager(), subject.unit().id(), verb.wish(), text(call, 0), call);
  }

  private static String text(Call call, int index) {
    return (String) call.arguments().get(index);
  }

  /** Requests a job and answers with its path. */
  public static void ask(Manager manager, UnitName unit, Wish wish, String mode, Call call) {
    var known = JobMode.ofWord(mode);
    if (known.isEmpty()) {
      call.fail(StandardErrors.INVALID_ARGS, "Job mode " + mode + " invalid");
      return;
    }
    switch (ask(manager, unit, wish, known.get())) {
      case Asked.Queued queued -> answer(queued, call);
      case Asked.Refused(var reason) when wish.type() == JobType.STOP && isUnknown(reason) ->
          BusErrors.notLoaded(call, unit);
      case Asked.Refused(var reason) -> BusErrors.refuse(call, reason);
    }
  }

  /** Requests a job. */
  static Asked ask(Manager manager, UnitName unit, Wish wish, JobMode mode) {
    return wish.prefersReload()
        ? manager.askPreferringReload(wish.type(), unit, mode)
        : manager.ask(wish.type(), unit, mode);
  }

  private static boolean isUnknown(Refusal reason) {
    return reason instanceof Refusal.NotLoaded(var _, var problem)
        && problem == Refusal.Problem.NOT_FOUND;
  }

  /** Answers with the path of a job. */
  public static void answer(Asked asked, Call call) {
    switch (asked) {
      case Asked.Queued(Job job, _) -> call.answer("o", ObjectPaths.ofJob(job.id()));
      case Asked.Refused(var reason) -> BusErrors.refuse(call, reason);
    }
  }

  /**
   * Sends a signal to processes.
   *
   * @param arguments which processes, and the number of the signal
   */
  public static void kill(UnitRecord unit, List<Object> arguments, Call call) {
    String word = String.valueOf(arguments.getFirst());
    var who = Spelling.parse(Who.class, word.replace("-fail", ""));
    int number = ((Number) arguments.getLast()).intValue();
    var signal = Signal.of(Integer.toString(number));
    if (who.isEmpty()) {
      call.fail(StandardErrors.INVALID_ARGS, "Invalid who argument " + word);
    } else if (signal == null) {
      call.fail(StandardErrors.INVALID_ARGS, "Signal number out of range.");
    } else {
      boolean needsOne = who.get() != Who.ALL || word.endsWith("-fail");
      switch (unit.controller().kill(who.get(), signal)) {
        case SENT -> call.answer("");
        case NO_PROCESSES, NO_SUCH_PROCESS -> nobody(needsOne, who.get(), call);
      }
    }
  }

  private static void nobody(boolean needsOne, Who who, Call call) {
    if (needsOne) {
      String kind = who == Who.ALL ? "" : Spelling.of(who) + " ";
      call.fail(BusErrors.NO_SUCH_PROCESS, "No " + kind + "process to kill");
    } else {
      call.answer("");
    }
  }

  private static void resetFailed(Subject subject, Call call) {
    subject.ground().manager().resetFailed(subject.record());
    call.answer("");
  }
}
