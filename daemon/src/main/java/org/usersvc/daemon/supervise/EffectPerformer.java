package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Effect;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Timer;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.Mark;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.SpawnLate;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Confinement;
import org.usersvc.daemon.process.SpawnRequest.Redirect;
import org.usersvc.daemon.servicedir.Script;
import org.usersvc.daemon.state.ProcessIdentity;

/** Performs the effects of the state machine for one process, and feeds the outcome back to it. */
final class EffectPerformer {
  /** Exit code by which finish says that the service is to stay down (s6). */
  private static final int PERMANENT = 125;

  /** The parts that start a process. */
  record Start(
      DefinitionCache treatment,
      ServiceEnvironment environment,
      ProcessNeeds needs,
      CommandQueue letters,
      Readiness readiness) {}

  /** The parts that end a process. */
  record End(RunEnd runEnd, RunGroup group, KillTimer killTimer) {}

  private final Owner owner;
  private final Platform platform;
  private final Agenda agenda;
  private final Start start;
  private final End end;
  private final ControlScripts scripts;

  /** Counts the orders to run and finish; a late answer to an older order is ignored. */
  private int orders;

  private final Alarm restart;
  private final Alarm finishBound;

  EffectPerformer(Owner owner, Platform platform, Agenda agenda, Start start, End end) {
    this.owner = owner;
    this.platform = platform;
    this.agenda = agenda;
    this.start = start;
    this.end = end;
    this.scripts = new ControlScripts(owner, platform);
    this.restart = new Alarm(platform.loop().timers());
    this.finishBound = new Alarm(platform.loop().timers());
  }

  /** When the restart delay ends, null if none runs. */
  @Nullable Duration untilRestart() {
    return restart.left();
  }

  ControlScripts scripts() {
    return scripts;
  }

  void perform(Effect effect) {
    switch (effect) {
      case Effect.RunScript(Command command) -> runScript(command);
      case Effect.KillScript() -> scripts.kill();
      case Effect.StartRun() -> startRun();
      case Effect.StartFinish(ExitStatus status) -> startFinish(status);
      case Effect.AwaitReady() -> start.readiness().await(owner.definition());
      case Effect.Send(int pid, Signal signal) -> send(pid, meant(signal));
      case Effect.EndLeftovers() -> end.group().end();
      case Effect.ArmRestart(Duration delay) -> armRestart(delay);
      case Effect.HastenRestart() -> armRestart(owner.history().untilNextStart());
      case Effect.ArmKill(Duration bound) -> end.killTimer().arm(bound);
      case Effect.ArmFinish(Duration bound) ->
          finishBound.set(bound, () -> owner.feed(new Event.TimerFired(Timer.FINISH)));
      case Effect.Disarm(Timer timer) -> disarm(timer);
      case Effect.GiveUp() -> orders++;
      case Effect.Leave() -> owner.service().left(owner);
    }
  }

  private void runScript(Command command) {
    if (owner.isLogger() || !owner.directory().hasControl(command.letter())) {
      owner.feed(new Event.ScriptEnded(false));
      return;
    }
    if (command == Command.UP) { // run gets the definition as it is after that
      start.treatment().read();
      start.environment().prepare();
    }
    scripts.run(command);
  }

  /** Takes over a run that an earlier daemon has started; false if it has ended. */
  boolean adoptRun(ProcessIdentity run) {
    end.group().resume(run.pid());
    return platform.adopt(run, end.runEnd()::ended);
  }

  /** Takes over a finish; false if it has ended. */
  boolean adoptFinish(ProcessIdentity finish) {
    return platform.adopt(finish, this::finishEnded);
  }

  private void startRun() {
    try (var _ = owner.directory().look()) {
      startRunAsDefined();
    }
  }

  private void startRunAsDefined() {
    if (owner.isLogger() && owner.service().hasLostLogger()) {
      owner.feed(new Event.InputClosed(false));
      owner.feed(new Event.RunMissing());
      return;
    }
    if (!owner.directory().hasRun()) {
      boolean hangs = owner.directory().hang() != null;
      if (owner.isLogger() && !hangs) {
        warn(
            "has no run any more; lines wait in its pipe, and who writes them stands still when"
                + " 64 KiB wait: make its run anew, or remove log/, and usersvcd logs the service");
      }
      owner.feed(hangs ? new Event.NeedMissing() : new Event.RunMissing());
      return;
    }
    start.treatment().read();
    if (!start.environment().prepare() || !start.needs().missing().isEmpty()) {
      owner.feed(new Event.NeedMissing());
      return;
    }
    if (!start.environment().needs().isEmpty() && owner.history().hasJustEnded()) {
      owner.feed(new Event.NeedUnsettled());
      return;
    }
    if (owner.service().changesLogger(owner)) {
      agenda.add(Agenda.Stage.REVIEW, this::startRunAfterThat);
      return;
    }
    owner.service().beforeStart(owner);
    boolean hangs = owner.directory().hang() != null;
    runAnswered(++orders, hangs ? new SpawnFailed(new Errno(Errno.ETIMEDOUT)) : spawnRun());
  }

  private void startRunAfterThat() {
    if (owner.state().phase() instanceof Phase.Starting) {
      startRun();
    }
  }

  private void runAnswered(int order, SpawnOutcome outcome) {
    switch (outcome) {
      case Spawned(int pid) when order != orders -> platform.processes().signal(pid, Signal.KILL);
      case Spawned(int pid) -> {
        end.group().lead(pid);
        owner.feed(new Event.RunStarted(pid));
      }
      case SpawnFailed failed when failed.errno().is(Errno.ETIMEDOUT) ->
          owner.feed(new Event.NeedMissing());
      case SpawnFailed failed -> {
        owner.history().couldNotStart(warnCannotStart(Script.RUN, failed));
        owner.feed(
            failed.errno().lacksResources()
                ? new Event.NoResources()
                : new Event.RunNotExecutable());
      }
      case SpawnLate(var later) -> {
        warnLate(Script.RUN);
        later.whenKnown(known -> runAnswered(order, known));
      }
    }
  }

  private void warnLate(Script script) {
    warn("a file system that " + script.name() + " is on hangs, waiting for it");
  }

  private void warn(String text) {
    platform.messages().warn(owner.name() + ": " + text);
  }

  private void startFinish(ExitStatus status) {
    if (!owner.directory().hasFinish()) {
      var hang = owner.directory().hang();
      if (hang != null) {
        warn("its finish is left out, " + hang);
      }
      owner.feed(new Event.NoFinish());
      return;
    }
    var arguments = List.of(status.finishCode(), status.finishStatus());
    var request = owner.request(Script.FINISH, arguments, owner.service().redirects(owner));
    finishAnswered(++orders, platform.processes().spawn(request, this::finishEnded));
  }

  private void finishAnswered(int order, SpawnOutcome outcome) {
    switch (outcome) {
      case Spawned(int pid) when order != orders -> platform.processes().signal(pid, Signal.KILL);
      case Spawned(int pid) -> owner.feed(new Event.FinishStarted(pid));
      case SpawnFailed failed -> {
        warnCannotStart(Script.FINISH, failed);
        owner.feed(new Event.NoFinish());
      }
      case SpawnLate(var later) -> {
        warnLate(Script.FINISH);
        later.whenKnown(known -> finishAnswered(order, known));
      }
    }
  }

  private void finishEnded(int pid, ExitStatus status) {
    if (owner.state().phase().pidOrZero() != pid) { // it came too late
      return;
    }
    start.letters().beforeEndOfFinish();
    boolean permanent = status.signal() == 0 && status.code() == PERMANENT;
    owner.feed(new Event.FinishEnded(permanent));
  }

  private void send(int run, Signal signal) {
    platform.processes().signal(Successors.inPlaceOf(run, platform.files()), signal);
  }

  /** The signal that the service wants in place of TERM or HUP. */
  private Signal meant(Signal signal) {
    var signals = owner.definition().signals();
    return switch (signal) {
      case TERM -> signals.down();
      case HUP -> signals.reload();
      default -> signal;
    };
  }

  private SpawnOutcome spawnRun() {
    int descriptor;
    try {
      descriptor = start.readiness().prepare(owner.definition());
    } catch (FileFault fault) {
      platform.messages().warn(owner.name() + ": " + fault.getMessage());
      return new SpawnFailed(fault.errno());
    }
    var redirects = new ArrayList<>(owner.service().redirects(owner));
    if (descriptor >= 0) {
      int target = owner.definition().readiness().descriptor();
      redirects.add(new Redirect(target, descriptor, Access.BOTH));
    }
    var place = RunPlace.of(owner, platform.files());
    var request =
        new SpawnRequest(
            place.directory(),
            place.program(),
            owner.environmentGiven(),
            Mark.name(owner.keyText(), Script.RUN.name()),
            new Confinement(owner.definition().limits(), start.treatment()::refused),
            redirects);
    return platform.processes().spawn(request, end.runEnd()::ended);
  }

  private String warnCannotStart(Script program, SpawnFailed failed) {
    String text = StartTrouble.line(owner, platform.files(), program, failed.errno());
    warn(text);
    return text;
  }

  private void armRestart(Duration delay) {
    restart.set(delay, () -> owner.feed(new Event.TimerFired(Timer.RESTART)));
  }

  private void disarm(Timer timer) {
    switch (timer) {
      case RESTART -> restart.clear();
      case KILL -> end.killTimer().cancel();
      case FINISH -> finishBound.clear();
    }
  }
}
