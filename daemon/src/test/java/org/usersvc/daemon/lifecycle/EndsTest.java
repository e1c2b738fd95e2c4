package org.usersvc.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.lifecycle.Effect.ArmFinish;
import org.usersvc.daemon.lifecycle.Effect.ArmKill;
import org.usersvc.daemon.lifecycle.Effect.ArmRestart;
import org.usersvc.daemon.lifecycle.Effect.AwaitReady;
import org.usersvc.daemon.lifecycle.Effect.Disarm;
import org.usersvc.daemon.lifecycle.Effect.KillFinish;
import org.usersvc.daemon.lifecycle.Effect.RunScript;
import org.usersvc.daemon.lifecycle.Effect.Send;
import org.usersvc.daemon.lifecycle.Effect.StartFinish;
import org.usersvc.daemon.lifecycle.Event.Asked;
import org.usersvc.daemon.lifecycle.Event.BecameReady;
import org.usersvc.daemon.lifecycle.Event.FinishEnded;
import org.usersvc.daemon.lifecycle.Event.FinishStarted;
import org.usersvc.daemon.lifecycle.Event.MainProcess;
import org.usersvc.daemon.lifecycle.Event.NeedChanged;
import org.usersvc.daemon.lifecycle.Event.NoFinish;
import org.usersvc.daemon.lifecycle.Event.PromiseBroken;
import org.usersvc.daemon.lifecycle.Event.RunEnded;
import org.usersvc.daemon.lifecycle.Event.RunStarted;
import org.usersvc.daemon.lifecycle.Event.ScriptEnded;
import org.usersvc.daemon.lifecycle.Event.Stop;
import org.usersvc.daemon.lifecycle.Event.TimerFired;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.RestartRule;
import org.usersvc.daemon.model.Signal;

/** What follows when run ends for good, has done its work, or is not what it promised to be. */
final class EndsTest extends Steps {
  private static final int RUN = 7;
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final ExitStatus FAILED = ExitStatus.exited(1);
  private static final ExitStatus FINE = ExitStatus.exited(0);
  private static final Rules ONESHOT = new Rules(true, RestartRule.NO, null, null);

  private List<Effect> run() {
    return after(new Asked(Command.UP), new ScriptEnded(false), new RunStarted(RUN));
  }

  @Test
  void aRunIsNotReadyUntilItSaysSo() {
    assertThat(run()).endsWith(new AwaitReady());
    assertThat(state.phase().isUp()).isFalse();
    assertThat(after(new BecameReady())).isEmpty();
    assertThat(state.phase().isUp()).isTrue();
  }

  @Test
  void whatIsNotReadyInTimeIsEndedAndStartedAfterTheDelay() {
    run();
    assertThat(after(new PromiseBroken(Promise.READINESS)))
        .containsExactly(new RunScript(Command.TERM), new ArmKill(Rules.DEFAULT_STOP));
    after(new ScriptEnded(false));
    assertThat(after(new RunEnded(FAILED, LONG), new NoFinish()))
        .contains(new ArmRestart(Duration.ofSeconds(1)));
    assertThat(state.phase()).isEqualTo(new Phase.BackingOff());
  }

  @Test
  void whatHasBecomeReadyHasNoTimeLimitAnyMore() {
    run();
    after(new BecameReady());
    assertThat(after(new PromiseBroken(Promise.READINESS))).isEmpty();
  }

  @Test
  void aSilentRunIsSentAbrt() {
    run();
    after(new BecameReady());
    assertThat(after(new PromiseBroken(Promise.LIFE)))
        .containsExactly(new Send(RUN, Signal.ABRT), new ArmKill(Rules.DEFAULT_STOP));
  }

  @Test
  void signalsGoToTheProcessThatRunHasNamed() {
    run();
    after(new MainProcess(RUN + 1), new Asked(Command.HUP));
    assertThat(after(new ScriptEnded(false))).containsExactly(new Send(RUN + 1, Signal.HUP));
  }

  @Test
  void anEndThatIsTheLastLeavesTheServiceDown() {
    rules = new Rules(false, RestartRule.NO, null, null);
    run();
    assertThat(after(new RunEnded(FAILED, LONG))).contains(new StartFinish(FAILED));
    after(new NoFinish());
    assertThat(state.phase()).isEqualTo(new Phase.Down(Result.FAILED));
    assertThat(state.wanted()).isEqualTo(Wanted.DOWN);
    run();
    assertThat(state.phase()).isInstanceOf(Phase.Running.class);
  }

  @Test
  void finish125LeavesTheServiceDown() {
    run();
    after(new RunEnded(FINE, LONG), new FinishStarted(8), new FinishEnded(true));
    assertThat(state.phase()).isEqualTo(new Phase.Down(Result.FAILED));
    assertThat(state.wanted()).isEqualTo(Wanted.DOWN);
  }

  @Test
  void finish125OfWhatWasToldDownIsNoFailure() {
    run();
    after(new Asked(Command.DOWN), new ScriptEnded(false), new ScriptEnded(false));
    after(new RunEnded(FINE, LONG), new FinishStarted(8), new FinishEnded(true));
    assertThat(state.phase()).isEqualTo(new Phase.Down());
  }

  @Test
  void aOneshotThatIsDoneIsUpAndFinishesWhenItGoesDown() {
    rules = ONESHOT;
    run();
    assertThat(after(new RunEnded(FINE, LONG))).noneMatch(StartFinish.class::isInstance);
    assertThat(state.phase()).isEqualTo(new Phase.Completed());
    assertThat(state.phase().isUp()).isTrue();
    assertThat(after(new Asked(Command.DOWN))).contains(new StartFinish(FINE));
    after(new NoFinish());
    assertThat(state.phase()).isEqualTo(new Phase.Down());
  }

  @Test
  void aOneshotThatIsDoneRunsAnewWhenItIsRestarted() {
    rules = ONESHOT;
    run();
    after(new RunEnded(FINE, LONG));
    assertThat(after(new Asked(Command.TERM))).contains(new StartFinish(FINE));
    assertThat(after(new NoFinish())).contains(new RunScript(Command.UP));
  }

  @Test
  void aOneshotThatIsDoneIsUndoneWhenWhatItNeedsGoes() {
    rules = ONESHOT;
    run();
    after(new RunEnded(FINE, LONG));
    assertThat(after(new NeedChanged())).contains(new StartFinish(FINE));
  }

  @Test
  void aOneshotThatIsDoneLeavesThroughFinish() {
    rules = ONESHOT;
    run();
    after(new RunEnded(FINE, LONG));
    assertThat(after(new Stop())).contains(new StartFinish(FINE));
    after(new NoFinish());
    assertThat(state.phase()).isEqualTo(new Phase.Gone());
  }

  @Test
  void whatHasDoneItsWorkSaysSo() {
    rules = new Rules(false, RestartRule.ON_FAILURE, null, null);
    run();
    after(new RunEnded(FINE, LONG), new NoFinish());
    assertThat(state.phase()).isEqualTo(new Phase.Down(Result.DONE));
  }

  @Test
  void whoIsNotToBeStartedAgainHasFailedWhenItIsNotReadyInTime() {
    rules = new Rules(false, RestartRule.NO, null, null);
    run();
    after(new PromiseBroken(Promise.READINESS), new ScriptEnded(false));
    after(new RunEnded(FINE, LONG), new NoFinish());
    assertThat(state.phase()).isEqualTo(new Phase.Down(Result.FAILED));
  }

  @Test
  void finishIsKilledAfterItsBound() {
    var bound = Duration.ofSeconds(3);
    rules = new Rules(false, RestartRule.ALWAYS, null, bound);
    run();
    assertThat(after(new RunEnded(FINE, LONG), new FinishStarted(8)))
        .endsWith(new ArmFinish(bound));
    assertThat(after(new TimerFired(Timer.FINISH))).containsExactly(new KillFinish(8));
    assertThat(after(new FinishEnded(false))).contains(new Disarm(Timer.FINISH));
  }

  @Test
  void whatIsToEndIsNotEndedForWhatItHasPromised() {
    run();
    after(new Asked(Command.DOWN));
    assertThat(after(new PromiseBroken(Promise.READINESS), new PromiseBroken(Promise.LIFE)))
        .isEmpty();
  }

  @Test
  void aDownIsBoundedByTimeoutKillAloneAndAnUpByNothing() {
    run();
    assertThat(after(new Asked(Command.DOWN))).noneMatch(ArmKill.class::isInstance);
    rules = BOUNDED;
    assertThat(after(new Asked(Command.DOWN))).contains(new ArmKill(BOUND));
    assertThat(after(new Asked(Command.UP))).contains(new Disarm(Timer.KILL));
    after(new RunEnded(FINE, LONG));
    assertThat(after(new FinishStarted(8))).isEmpty();
  }

  @Test
  void timeoutKillBoundsWhatTheDaemonEndsAndZeroMeansNever() {
    rules = BOUNDED;
    run();
    assertThat(after(new Stop())).contains(new ArmKill(BOUND));
    state = ServiceState.initial(Wanted.UP);
    rules = new Rules(false, RestartRule.ALWAYS, Duration.ZERO, null);
    run();
    assertThat(after(new NeedChanged(), new Stop())).noneMatch(ArmKill.class::isInstance);
    assertThat(rules.boundOfRest()).isEqualTo(Rules.DEFAULT_STOP);
  }

  @Test
  void whatAnEarlierDaemonHasLeftIsBoundedAsBefore() {
    var bound = Duration.ofSeconds(3);
    rules = new Rules(false, RestartRule.ALWAYS, BOUND, bound);
    run();
    assertThat(Lifecycle.resume(state, rules)).isEmpty();
    after(new Asked(Command.DOWN), new ScriptEnded(false));
    assertThat(Lifecycle.resume(state, rules)).containsExactly(new ArmKill(BOUND));
    after(new ScriptEnded(false), new RunEnded(FINE, LONG), new FinishStarted(8));
    assertThat(Lifecycle.resume(state, rules))
        .containsExactly(new ArmKill(BOUND), new ArmFinish(bound));
  }

  @Test
  void whoAsksForAStartWhileFinishRunsHasOne() {
    rules = new Rules(false, RestartRule.NO, null, null);
    run();
    after(new Asked(Command.DOWN), new ScriptEnded(false), new ScriptEnded(false));
    after(new RunEnded(FAILED, LONG), new FinishStarted(8), new Asked(Command.UP));
    assertThat(after(new FinishEnded(false))).contains(new RunScript(Command.UP));
    run();
    after(new RunEnded(FAILED, LONG), new FinishStarted(8), new Asked(Command.UP));
    assertThat(after(new FinishEnded(false))).contains(new RunScript(Command.UP));
  }
}
