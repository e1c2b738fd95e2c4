package org.usersvc.daemon.supervise;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Effect;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Timer;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.state.ProcessIdentity;

/** Performs the effects of the state machine for one process, and feeds the outcome back to it. */
final class EffectPerformer {
  /** The parts that start a process. */
  record Start(RunStart run, FinishStart finish, Readiness readiness) {}

  /** The parts that end a process. */
  record End(RunEnd runEnd, RunGroup group, KillTimer killTimer) {}

  private final Owner owner;
  private final Platform platform;
  private final Start start;
  private final End end;
  private final ControlScripts scripts;
  private final Alarm restart;
  private final Alarm finishBound;

  EffectPerformer(Owner owner, Platform platform, Start start, End end) {
    this.owner = owner;
    this.platform = platform;
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
      case Effect.StartRun() -> start.run().start();
      case Effect.StartFinish(ExitStatus status) -> start.finish().start(status);
      case Effect.AwaitReady() -> start.readiness().await(owner.definition());
      case Effect.Send(int pid, Signal signal) -> send(pid, meant(signal));
      case Effect.KillFinish(int pid) -> start.finish().kill(pid);
      case Effect.EndLeftovers() -> end.group().end();
      case Effect.ArmRestart(Duration delay) -> armRestart(delay);
      case Effect.HastenRestart() -> armRestart(owner.history().untilNextStart());
      case Effect.ArmKill(Duration bound) -> end.killTimer().arm(bound);
      case Effect.ArmFinish(Duration bound) ->
          finishBound.set(bound, () -> owner.feed(new Event.TimerFired(Timer.FINISH)));
      case Effect.Disarm(Timer timer) -> disarm(timer);
      case Effect.GiveUp() -> giveUp();
      case Effect.Leave() -> owner.service().left(owner);
    }
  }

  private void runScript(Command command) {
    if (owner.isLogger() || !owner.directory().hasControl(command.letter())) {
      owner.feed(new Event.ScriptEnded(false));
      return;
    }
    if (command == Command.UP) { // run gets the definition as it is after that
      start.run().prepare();
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
    return platform.adopt(finish, start.finish()::ended);
  }

  private void giveUp() {
    start.run().giveUp();
    start.finish().giveUp();
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
