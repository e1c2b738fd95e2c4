package org.usersvc.systemd.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.systemd.service.ServiceTimer.PHASE;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.service.ServiceEffect.SignalUnit;
import org.usersvc.systemd.service.ServiceEvent.CommandFailed;
import org.usersvc.systemd.service.ServiceEvent.MainFound;
import org.usersvc.systemd.service.ServiceEvent.NameLost;
import org.usersvc.systemd.service.ServiceEvent.NameOwned;
import org.usersvc.systemd.service.ServiceEvent.Notified;
import org.usersvc.systemd.service.ServiceEvent.ReloadAsked;
import org.usersvc.systemd.service.ServiceEvent.StartAsked;
import org.usersvc.systemd.service.ServiceEvent.StopAsked;
import org.usersvc.systemd.syntax.ExitStatuses;
import org.usersvc.systemd.unit.RestartSettings.Mode;
import org.usersvc.systemd.unit.RestartSettings.When;
import org.usersvc.systemd.unit.ServiceType;

/** What services do, case by case; the cases are those that were seen on systemd 252 and 262. */
final class ServiceMachineTest {
  private static final ExitStatus NO_PROGRAM = ExitStatus.exited(203);
  private static final List<Signal> TERM = List.of(Signal.TERM, Signal.CONT);

  @Test
  void aOneshotEndsInactive() {
    var run = Run.of(UnitRules.of(ServiceType.ONESHOT)).start().mainExits(0).allGone();
    assertThat(run.shown()).isEqualTo("inactive/dead");
    assertThat(run.answers()).containsExactly("start done");
    assertThat(run.phases()).doesNotContain("running");
  }

  @Test
  void aOneshotThatRemainsIsActive() {
    var run = Run.of(UnitRules.of(ServiceType.ONESHOT).remains()).start().mainExits(0);
    assertThat(run.shown()).isEqualTo("active/exited");
  }

  @Test
  void theFirstFailureEndsTheListAndIsTold() {
    var rules =
        UnitRules.of(ServiceType.ONESHOT)
            .with(ExecStep.START, "-a", "b", "c")
            .with(ExecStep.STOP, "stop")
            .with(ExecStep.STOP_POST, "post");
    var run = Run.of(rules).start().mainExits(1).mainExits(4).allGone();
    assertThat(run.programs()).containsExactly("a", "b", "post");
    assertThat(run.lastCommand().variables())
        .containsEntry("SERVICE_RESULT", "exit-code")
        .containsEntry("EXIT_CODE", "exited")
        .containsEntry("EXIT_STATUS", "4");
    run.commandExits(0).allGone();
    assertThat(run.shown()).isEqualTo("failed/failed");
    assertThat(run.answers()).containsExactly("start failed");
  }

  @Test
  void notifyWaitsForReady() {
    var run = Run.of(UnitRules.of(ServiceType.NOTIFY)).start();
    assertThat(run.shown()).isEqualTo("activating/start");
    run.happens(new Notified(Progress.READY));
    assertThat(run.shown()).isEqualTo("active/running");
    assertThat(run.answers()).containsExactly("start done");
  }

  @Test
  void notifyFailsInThreeWays() {
    var rules = UnitRules.of(ServiceType.NOTIFY);
    assertThat(Run.of(rules).start().mainExits(0).allGone().result())
        .isEqualTo(ServiceResult.PROTOCOL);
    assertThat(Run.of(rules).start().mainExits(4).allGone().result())
        .isEqualTo(ServiceResult.EXIT_CODE);
    var late = Run.of(rules).start().fires(PHASE).mainKilled(15).allGone();
    assertThat(late.result()).isEqualTo(ServiceResult.TIMEOUT);
    assertThat(late.answers()).containsExactly("start failed");
  }

  @Test
  void aMissingProgramFailsTheJobOfExecButNotOfSimple() {
    var missing = new CommandFailed(ExecStep.START, NO_PROGRAM);
    var exec = Run.manual(UnitRules.of(ServiceType.EXEC)).start().happens(missing).allGone();
    assertThat(exec.answers()).containsExactly("start failed");
    var simple = Run.manual(UnitRules.of(ServiceType.SIMPLE)).start().happens(missing).allGone();
    assertThat(simple.answers()).containsExactly("start done");
    assertThat(simple.shown()).isEqualTo("failed/failed");
    assertThat(simple.state().mainStatus()).isEqualTo(NO_PROGRAM);
  }

  @Test
  void forkingTakesAChildAsMainProcess() {
    var run = Run.of(UnitRules.of(ServiceType.FORKING)).start().commandExits(0);
    assertThat(run.effects()).contains(new ServiceEffect.FindMain());
    run.happens(new MainFound(Run.CHILD));
    assertThat(run.shown()).isEqualTo("active/running");
    assertThat(run.state().pid(Slot.MAIN)).isEqualTo(Run.CHILD);
    assertThat(run.mainKilled(9).allGone().shown()).isEqualTo("failed/failed");
  }

  @Test
  void forkingWithNothingLeftIsDoneAndInactive() {
    var run = Run.of(UnitRules.of(ServiceType.FORKING)).start().commandExits(0).allGone();
    assertThat(run.shown()).isEqualTo("inactive/dead");
    assertThat(run.answers()).containsExactly("start done");
    var bad = Run.of(UnitRules.of(ServiceType.FORKING)).start().commandExits(1).allGone();
    assertThat(bad.shown()).isEqualTo("failed/failed");
    assertThat(bad.answers()).containsExactly("start failed");
  }

  @Test
  void dbusIsUpWhileItsNameIsOwned() {
    var run = Run.of(UnitRules.of(ServiceType.DBUS)).start();
    assertThat(run.shown()).isEqualTo("activating/start");
    run.happens(new NameOwned());
    assertThat(run.answers()).containsExactly("start done");
    run.happens(new NameLost());
    assertThat(run.shown()).isEqualTo("deactivating/stop-sigterm");
    assertThat(run.mainKilled(15).allGone().shown()).isEqualTo("inactive/dead");
  }

  @Test
  void dbusThatExitsWellBeforeItsNameIsDone() {
    var run = Run.of(UnitRules.of(ServiceType.DBUS)).start().mainExits(0).allGone();
    assertThat(run.shown()).isEqualTo("inactive/dead");
    assertThat(run.answers()).containsExactly("start done");
  }

  @Test
  void aConditionSkipsWithoutAFailure() {
    var rules =
        UnitRules.of(ServiceType.SIMPLE)
            .with(ExecStep.CONDITION, "condition")
            .with(ExecStep.STOP_POST, "post");
    var skipped = Run.of(rules).start().commandExits(254).allGone();
    assertThat(skipped.lastCommand().variables()).containsEntry("SERVICE_RESULT", "exec-condition");
    skipped.commandExits(0).allGone();
    assertThat(skipped.programs()).containsExactly("condition", "post");
    assertThat(skipped.answers()).containsExactly("start done");
    assertThat(skipped.result()).isEqualTo(ServiceResult.SUCCESS);
    var failed = Run.of(rules).start().commandExits(255).allGone().commandExits(0).allGone();
    assertThat(failed.shown()).isEqualTo("failed/failed");
  }

  @Test
  void commandsRunInOrderAndStopOnlyAfterAStart() {
    var rules =
        UnitRules.of(ServiceType.SIMPLE)
            .with(ExecStep.START_PRE, "pre")
            .with(ExecStep.START_POST, "post")
            .with(ExecStep.STOP, "stop")
            .with(ExecStep.STOP_POST, "stoppost");
    var run = Run.of(rules).start().commandExits(0).commandExits(0).stop();
    assertThat(run.lastCommand().variables()).containsEntry("MAINPID", "100");
    run.commandExits(0).mainKilled(15).commandExits(0).allGone();
    assertThat(run.programs()).containsExactly("pre", "main", "post", "stop", "stoppost");
    assertThat(run.answers()).containsExactly("start done", "stop done");
    var failed = Run.of(rules).start().commandExits(1).allGone().commandExits(0).allGone();
    assertThat(failed.programs()).containsExactly("pre", "stoppost");
    assertThat(failed.answers()).containsExactly("start failed");
  }

  @Test
  void theStartLimitFailsTheService() {
    var run = Run.of(UnitRules.of(ServiceType.SIMPLE)).happens(new StartAsked(true));
    assertThat(run.shown()).isEqualTo("failed/failed");
    assertThat(run.result()).isEqualTo(ServiceResult.START_LIMIT_HIT);
    assertThat(run.answers()).containsExactly("start failed");
    run.happens(new ServiceEvent.ResetFailed());
    assertThat(run.shown()).isEqualTo("inactive/dead");
  }

  @Test
  void restartsCountUntilAStartByRequest() {
    var rules = UnitRules.of(ServiceType.SIMPLE).restart(When.ON_FAILURE, Mode.NORMAL);
    var run = Run.of(rules).start().mainKilled(9).allGone();
    assertThat(run.shown()).isEqualTo("activating/auto-restart");
    assertThat(run.phases()).contains("failed-before-auto-restart");
    run.fires(ServiceTimer.RESTART);
    assertThat(run.effects()).contains(new ServiceEffect.EnqueueRestart());
    run.happens(new StopAsked(true)).start();
    assertThat(run.shown()).isEqualTo("active/running");
    assertThat(run.state().restarts()).isEqualTo(1);
    assertThat(run.stop().mainKilled(15).allGone().shown()).isEqualTo("inactive/dead");
    assertThat(run.start().state().restarts()).isZero();
  }

  @Test
  void directRestartShowsNoEnd() {
    var rules = UnitRules.of(ServiceType.ONESHOT).restart(When.ON_FAILURE, Mode.DIRECT);
    var run = Run.of(rules).start().mainExits(1).allGone();
    assertThat(run.shown()).isEqualTo("activating/auto-restart");
    assertThat(run.answers()).isEmpty();
  }

  @Test
  void aStatusForbidsOrForcesARestart() {
    var three = new ExitStatuses(Set.of(3), Set.of());
    var none = ExitStatuses.NONE;
    var prevents = UnitRules.of(ServiceType.SIMPLE).restart(When.ALWAYS, Mode.NORMAL, three, none);
    assertThat(Run.of(prevents).start().mainExits(3).allGone().shown()).isEqualTo("failed/failed");
    var forces = UnitRules.of(ServiceType.SIMPLE).restart(When.NO, Mode.NORMAL, none, three);
    assertThat(Run.of(forces).start().mainExits(3).allGone().shown())
        .isEqualTo("activating/auto-restart");
    var good = UnitRules.of(ServiceType.SIMPLE).success(three);
    assertThat(Run.of(good).start().mainExits(3).allGone().shown()).isEqualTo("inactive/dead");
  }

  @Test
  void aStartDuringAutoRestartIsAtOnceAndAStopEndsIt() {
    var rules = UnitRules.of(ServiceType.SIMPLE).restart(When.ON_FAILURE, Mode.NORMAL);
    var started = Run.of(rules).start().mainKilled(9).allGone().start();
    assertThat(started.answers()).containsExactly("start done", "start done");
    assertThat(started.shown()).isEqualTo("active/running");
    var stopped = Run.of(rules).start().mainKilled(9).allGone().stop();
    assertThat(stopped.shown()).isEqualTo("inactive/dead");
    assertThat(stopped.answers()).containsExactly("start done", "stop done");
  }

  @Test
  void whatDoesNotStopIsKilledAndFailed() {
    var run = Run.of(UnitRules.of(ServiceType.SIMPLE)).start().stop().fires(PHASE);
    assertThat(run.signals())
        .containsExactly(new SignalUnit(true, TERM), new SignalUnit(true, List.of(Signal.KILL)));
    run.mainKilled(9).allGone();
    assertThat(run.shown()).isEqualTo("failed/failed");
    assertThat(run.result()).isEqualTo(ServiceResult.TIMEOUT);
    assertThat(run.answers()).containsExactly("start done", "stop done");
  }

  @Test
  void killModesChooseWhoGetsSignals() {
    var term = List.of(Signal.TERM, Signal.HUP, Signal.CONT);
    var last = new SignalUnit(true, List.of(Signal.KILL));
    assertThat(stopped(KillSettings.Mode.CONTROL_GROUP).signals())
        .containsExactly(new SignalUnit(true, term), new SignalUnit(true, term));
    var mixed = stopped(KillSettings.Mode.MIXED);
    assertThat(mixed.signals()).containsExactly(new SignalUnit(false, term), last);
    assertThat(mixed.shown()).isEqualTo("deactivating/final-sigkill");
    var process = stopped(KillSettings.Mode.PROCESS);
    assertThat(process.signals()).containsExactly(new SignalUnit(false, term));
    assertThat(process.shown()).isEqualTo("inactive/dead");
    assertThat(stopped(KillSettings.Mode.NONE).signals()).isEmpty();
  }

  private static Run stopped(KillSettings.Mode mode) {
    var rules = UnitRules.of(ServiceType.SIMPLE).kill(mode, true, true);
    return Run.of(rules).start().stop().mainKilled(15);
  }

  @Test
  void aRestartHasASignalOfItsOwn() {
    var rules = UnitRules.of(ServiceType.SIMPLE).kill(KillSettings.Mode.MIXED, false, true);
    var run = Run.of(rules).start().happens(new StopAsked(true));
    assertThat(run.signals())
        .containsExactly(new SignalUnit(false, List.of(Signal.INT, Signal.CONT)));
  }

  @Test
  void whatADeadMainProcessLeavesIsKilled() {
    var run = Run.of(UnitRules.of(ServiceType.SIMPLE)).start().mainExits(0);
    assertThat(run.signals()).containsExactly(new SignalUnit(true, TERM));
    assertThat(run.allGone().shown()).isEqualTo("inactive/dead");
  }

  @Test
  void runtimeAndWatchdogEndAService() {
    var second = Duration.ofSeconds(1);
    var rules = UnitRules.of(ServiceType.SIMPLE).bounded(second, second);
    var old = Run.of(rules).start().fires(ServiceTimer.RUNTIME).mainKilled(15).allGone();
    assertThat(old.result()).isEqualTo(ServiceResult.TIMEOUT);
    var hung = Run.of(rules).start().fires(ServiceTimer.WATCHDOG);
    assertThat(hung.shown()).isEqualTo("deactivating/stop-watchdog");
    assertThat(hung.signals())
        .containsExactly(new SignalUnit(true, List.of(Signal.ABRT, Signal.CONT)));
    assertThat(hung.mainKilled(6).allGone().result()).isEqualTo(ServiceResult.WATCHDOG);
  }

  @Test
  void aSimpleServiceThatRemainsRunsItsStopCommandsAtTheStop() {
    var rules = UnitRules.of(ServiceType.SIMPLE).remains().with(ExecStep.STOP, "stop");
    var run = Run.of(rules).start().mainExits(0);
    assertThat(run.shown()).isEqualTo("active/exited");
    assertThat(run.programs()).containsExactly("main");
    run.stop().commandExits(0).allGone();
    assertThat(run.programs()).containsExactly("main", "stop");
    assertThat(run.shown()).isEqualTo("inactive/dead");
  }

  @Test
  void stoppingBeforeReadyIsNoStart() {
    var run = Run.of(UnitRules.of(ServiceType.NOTIFY)).start();
    run.happens(new Notified(Progress.STOPPING)).mainExits(1).allGone();
    assertThat(run.answers()).containsExactly("start failed");
  }

  @Test
  void aReloadBySignalEndsWithReady() {
    var run = Run.of(UnitRules.of(ServiceType.NOTIFY_RELOAD)).start();
    run.happens(new Notified(Progress.READY)).happens(new ReloadAsked());
    assertThat(run.effects()).contains(new ServiceEffect.SignalMain(Signal.HUP));
    assertThat(run.shown()).isEqualTo("reloading/reload-signal");
    run.happens(new Notified(Progress.RELOADING));
    assertThat(run.shown()).isEqualTo("reloading/reload-notify");
    run.happens(new Notified(Progress.READY));
    assertThat(run.shown()).isEqualTo("active/running");
    assertThat(run.answers()).containsExactly("start done", "reload done");
  }

  @Test
  void aFailedReloadFailsItsJobOnly() {
    var rules = UnitRules.of(ServiceType.SIMPLE).with(ExecStep.RELOAD, "reload");
    var run = Run.of(rules).start().happens(new ReloadAsked()).commandExits(1);
    assertThat(run.shown()).isEqualTo("active/running");
    assertThat(run.answers()).containsExactly("start done", "reload failed");
    assertThat(run.result()).isEqualTo(ServiceResult.SUCCESS);
  }
}
