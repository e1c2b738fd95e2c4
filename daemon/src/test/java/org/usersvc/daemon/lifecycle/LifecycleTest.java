package org.usersvc.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.usersvc.daemon.lifecycle.Effect.ArmKill;
import org.usersvc.daemon.lifecycle.Effect.ArmRestart;
import org.usersvc.daemon.lifecycle.Effect.Disarm;
import org.usersvc.daemon.lifecycle.Effect.EndLeftovers;
import org.usersvc.daemon.lifecycle.Effect.HastenRestart;
import org.usersvc.daemon.lifecycle.Effect.KillFinish;
import org.usersvc.daemon.lifecycle.Effect.KillScript;
import org.usersvc.daemon.lifecycle.Effect.Leave;
import org.usersvc.daemon.lifecycle.Effect.RunScript;
import org.usersvc.daemon.lifecycle.Effect.Send;
import org.usersvc.daemon.lifecycle.Effect.StartFinish;
import org.usersvc.daemon.lifecycle.Effect.StartRun;
import org.usersvc.daemon.lifecycle.Event.Asked;
import org.usersvc.daemon.lifecycle.Event.BecameReady;
import org.usersvc.daemon.lifecycle.Event.DefinitionChanged;
import org.usersvc.daemon.lifecycle.Event.FinishEnded;
import org.usersvc.daemon.lifecycle.Event.FinishStarted;
import org.usersvc.daemon.lifecycle.Event.Hurry;
import org.usersvc.daemon.lifecycle.Event.InputClosed;
import org.usersvc.daemon.lifecycle.Event.NoFinish;
import org.usersvc.daemon.lifecycle.Event.NoResources;
import org.usersvc.daemon.lifecycle.Event.RunEnded;
import org.usersvc.daemon.lifecycle.Event.RunMissing;
import org.usersvc.daemon.lifecycle.Event.RunNotExecutable;
import org.usersvc.daemon.lifecycle.Event.RunStarted;
import org.usersvc.daemon.lifecycle.Event.ScriptEnded;
import org.usersvc.daemon.lifecycle.Event.Stop;
import org.usersvc.daemon.lifecycle.Event.TimerFired;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;

/** The rules of runsv, one by one (runsv.c:208-382), and where they are meant to differ. */
final class LifecycleTest extends Steps {
  private static final int RUN = 7;
  private static final int FINISH = 8;
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(999);
  private static final ExitStatus FAILED = ExitStatus.exited(1);

  private List<Effect> asked(Command command) {
    return after(new Asked(command));
  }

  private void run() {
    after(new Asked(Command.UP), new ScriptEnded(false), new RunStarted(RUN), new BecameReady());
    assertThat(state.phase()).isEqualTo(new Phase.Running(RUN, false, true));
  }

  private List<Effect> die(Duration ranFor) {
    return after(new RunEnded(FAILED, ranFor), new NoFinish());
  }

  @Test
  void upRunsControlUThenRunWhateverTheScriptSays() {
    assertThat(asked(Command.UP)).endsWith(new RunScript(Command.UP));
    assertThat(after(new ScriptEnded(false))).containsExactly(new StartRun());
    state = ServiceState.initial(Wanted.UP);
    asked(Command.UP);
    assertThat(after(new ScriptEnded(true))).containsExactly(new StartRun());
  }

  @Test
  void downSendsTermThenContThenRunsControlD() {
    run();
    assertThat(asked(Command.DOWN)).containsExactly(new RunScript(Command.TERM));
    assertThat(after(new ScriptEnded(false)))
        .containsExactly(
            new Send(RUN, Signal.TERM), new Send(RUN, Signal.CONT), new RunScript(Command.DOWN));
    assertThat(state.phase()).isEqualTo(new Phase.Running(RUN, true, true));
    assertThat(after(new ScriptEnded(false))).isEmpty();
    assertThat(state.wanted()).isEqualTo(Wanted.DOWN);
  }

  @Test
  void exitSendsTermThenContThenRunsControlX() {
    run();
    assertThat(asked(Command.EXIT)).containsExactly(new RunScript(Command.TERM));
    assertThat(after(new ScriptEnded(false)))
        .containsExactly(
            new Send(RUN, Signal.TERM), new Send(RUN, Signal.CONT), new RunScript(Command.EXIT));
    assertThat(after(new ScriptEnded(false))).isEmpty();
  }

  @Test
  void exitLeavesWhenFinishHasEnded() {
    run();
    asked(Command.EXIT);
    after(new ScriptEnded(false), new ScriptEnded(false));
    assertThat(after(new RunEnded(FAILED, LONG))).contains(new StartFinish(FAILED));
    after(new FinishStarted(FINISH));
    assertThat(after(new FinishEnded(false))).contains(new EndLeftovers()).endsWith(new Leave());
    assertThat(state.phase()).isEqualTo(new Phase.Gone());
  }

  @Test
  void termComesWithoutCont() {
    run();
    assertThat(asked(Command.TERM)).containsExactly(new RunScript(Command.TERM));
    assertThat(after(new ScriptEnded(false))).containsExactly(new Send(RUN, Signal.TERM));
    assertThat(state.phase()).isEqualTo(new Phase.Running(RUN, true, true));
    assertThat(state.wanted()).isEqualTo(Wanted.UP);
  }

  @Test
  void handledControlTReplacesTermButNotCont() {
    run();
    asked(Command.DOWN);
    assertThat(after(new ScriptEnded(true)))
        .containsExactly(new Send(RUN, Signal.CONT), new RunScript(Command.DOWN));
    assertThat(state.phase()).isEqualTo(new Phase.Running(RUN, false, true));
  }

  @Test
  void handledControlTOfAPlainTermSendsNothing() {
    run();
    asked(Command.TERM);
    assertThat(after(new ScriptEnded(true))).isEmpty();
    assertThat(state.phase()).isEqualTo(new Phase.Running(RUN, false, true));
  }

  @ParameterizedTest
  @CsvSource({
    "KILL,KILL",
    "PAUSE,STOP",
    "CONT,CONT",
    "ALARM,ALRM",
    "HUP,HUP",
    "INTERRUPT,INT",
    "QUIT,QUIT",
    "USR1,USR1",
    "USR2,USR2"
  })
  void lettersAreSignalsUnlessTheirScriptHandlesThem(Command command, Signal signal) {
    run();
    assertThat(asked(command)).containsExactly(new RunScript(command));
    assertThat(after(new ScriptEnded(false))).containsExactly(new Send(RUN, signal));
    assertThat(asked(command)).containsExactly(new RunScript(command));
    assertThat(after(new ScriptEnded(true))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Command.class,
      names = {"TERM", "PAUSE", "CONT", "ALARM", "HUP", "INTERRUPT", "QUIT", "USR1", "USR2"})
  void signalsGoToRunOnlyNeverToFinishOrNothing(Command command) {
    assertThat(asked(command)).isEmpty();
    run();
    after(new RunEnded(FAILED, LONG), new FinishStarted(FINISH));
    assertThat(asked(command)).isEmpty();
  }

  @Test
  void pauseIsRememberedEvenIfNothingRunsAndForgottenAtTheNextStart() {
    asked(Command.PAUSE);
    assertThat(state.paused()).isTrue();
    run();
    assertThat(state.paused()).isFalse();
    asked(Command.PAUSE);
    after(new ScriptEnded(true));
    assertThat(state.paused()).isTrue();
    asked(Command.CONT);
    after(new ScriptEnded(false));
    assertThat(state.paused()).isFalse();
  }

  @Test
  void onceRunsOnce() {
    state = ServiceState.initial(Wanted.DOWN);
    assertThat(asked(Command.ONCE)).endsWith(new RunScript(Command.UP));
    assertThat(after(new ScriptEnded(false))).containsExactly(new StartRun());
    after(new RunStarted(RUN), new BecameReady());
    assertThat(die(SHORT)).doesNotContain(new RunScript(Command.UP)).contains(new EndLeftovers());
    assertThat(state.phase()).isEqualTo(new Phase.Down());
  }

  @Test
  void onceOnARunningServiceOnlyForbidsTheRestart() {
    run();
    assertThat(asked(Command.ONCE)).isEmpty();
    die(LONG);
    assertThat(state.phase()).isEqualTo(new Phase.Down());
  }

  @Test
  void aRunOfASecondIsFollowedByTheNextAtOnce() {
    run();
    assertThat(die(Backoff.QUICK)).endsWith(new RunScript(Command.UP));
  }

  @Test
  void theDelayDoublesToAMinuteAndStartsAgainAfterAMinuteUp() {
    run();
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      assertThat(die(SHORT)).endsWith(new ArmRestart(Duration.ofSeconds(seconds)));
      assertThat(after(new TimerFired(Timer.RESTART))).containsExactly(new RunScript(Command.UP));
      after(new ScriptEnded(false), new RunStarted(RUN));
    }
    die(LONG);
    after(new ScriptEnded(false), new RunStarted(RUN), new BecameReady());
    assertThat(die(SHORT)).as("5 s up change nothing").endsWith(new ArmRestart(Backoff.STABLE));
    after(new TimerFired(Timer.RESTART), new ScriptEnded(false), new RunStarted(RUN));
    die(Backoff.STABLE);
    after(new ScriptEnded(false), new RunStarted(RUN), new BecameReady());
    assertThat(die(SHORT)).endsWith(new ArmRestart(Duration.ofSeconds(1)));
  }

  @Test
  void upEndsTheDelayAndStartsItAnew() {
    twoQuickDeaths();
    assertThat(after(new Asked(Command.UP)))
        .containsExactly(new Disarm(Timer.RESTART), new RunScript(Command.UP));
    after(new ScriptEnded(false), new RunStarted(RUN));
    assertThat(die(SHORT)).endsWith(new ArmRestart(Duration.ofSeconds(1)));
  }

  @Test
  void aChangedDefinitionHastensTheRestartAndStartsTheDelayAnew() {
    twoQuickDeaths();
    assertThat(after(new DefinitionChanged())).containsExactly(new HastenRestart());
    after(new TimerFired(Timer.RESTART), new ScriptEnded(false), new RunStarted(RUN));
    assertThat(die(SHORT)).endsWith(new ArmRestart(Duration.ofSeconds(1)));
  }

  private void twoQuickDeaths() {
    run();
    die(SHORT);
    after(new TimerFired(Timer.RESTART), new ScriptEnded(false), new RunStarted(RUN));
    assertThat(die(SHORT)).endsWith(new ArmRestart(Duration.ofSeconds(2)));
  }

  @Test
  void aChangedDefinitionDoesNotTouchARunningOrADownService() {
    run();
    assertThat(after(new DefinitionChanged())).isEmpty();
    state = ServiceState.initial(Wanted.DOWN);
    assertThat(after(new DefinitionChanged())).isEmpty();
  }

  @Test
  void noResourcesBacksOffWithoutFinish() {
    asked(Command.UP);
    after(new ScriptEnded(false));
    assertThat(after(new NoResources())).containsExactly(new ArmRestart(Duration.ofSeconds(1)));
    after(new TimerFired(Timer.RESTART), new ScriptEnded(false));
    assertThat(after(new NoResources())).containsExactly(new ArmRestart(Duration.ofSeconds(2)));
  }

  @Test
  void aRunThatCannotBeExecutedCountsAsExit111() {
    asked(Command.UP);
    after(new ScriptEnded(false));
    assertThat(after(new RunNotExecutable())).endsWith(new StartFinish(ExitStatus.exited(111)));
    assertThat(after(new NoFinish())).endsWith(new ArmRestart(Duration.ofSeconds(1)));
  }

  @Test
  void aMissingRunIsWaitedForWithoutFinish() {
    asked(Command.UP);
    after(new ScriptEnded(false));
    assertThat(after(new RunMissing())).isEmpty();
    assertThat(state.phase()).isEqualTo(new Phase.Incomplete());
    assertThat(after(new DefinitionChanged())).endsWith(new RunScript(Command.UP));
  }

  @Test
  void onceWithoutRunIsNotKeptInMind() {
    state = ServiceState.initial(Wanted.DOWN);
    asked(Command.ONCE);
    after(new ScriptEnded(false), new RunMissing());
    assertThat(state.phase()).isEqualTo(new Phase.Down());
    assertThat(after(new DefinitionChanged())).isEmpty();
  }

  @Test
  void killRunsFinishOnce() {
    run();
    asked(Command.KILL);
    after(new ScriptEnded(false));
    var killed = ExitStatus.killed(9, false);
    assertThat(after(new RunEnded(killed, LONG))).containsOnlyOnce(new StartFinish(killed));
    after(new FinishStarted(FINISH));
    assertThat(asked(Command.KILL)).containsExactly(new KillFinish(FINISH));
    assertThat(after(new FinishEnded(false))).doesNotContain(new StartFinish(killed));
  }

  @Test
  void killReachesFinish() {
    assertThat(asked(Command.KILL)).isEmpty();
    run();
    after(new RunEnded(FAILED, LONG), new FinishStarted(FINISH));
    assertThat(asked(Command.KILL)).containsExactly(new KillFinish(FINISH));
  }

  @Test
  void downDuringFinishKeepsItDown() {
    run();
    after(new RunEnded(FAILED, LONG), new FinishStarted(FINISH));
    asked(Command.DOWN);
    assertThat(state.phase()).isEqualTo(new Phase.Finishing(FINISH, Next.AGAIN));
    after(new FinishEnded(false));
    assertThat(state.phase()).isEqualTo(new Phase.Down());
  }

  @Test
  void downDuringFinishBoundsIt() {
    rules = BOUNDED;
    run();
    after(new RunEnded(FAILED, LONG), new FinishStarted(FINISH));
    assertThat(asked(Command.DOWN)).containsExactly(new ArmKill(BOUND));
  }

  @Test
  void upDuringAStopIsRestartedAndNotKilled() {
    run();
    asked(Command.DOWN);
    after(new ScriptEnded(false), new ScriptEnded(false));
    assertThat(asked(Command.UP)).containsExactly(new Disarm(Timer.KILL));
    assertThat(die(LONG)).endsWith(new RunScript(Command.UP));
  }

  @Test
  void theKillTimerKillsRunFinishAndScript() {
    rules = BOUNDED;
    run();
    asked(Command.DOWN);
    assertThat(after(new TimerFired(Timer.KILL)))
        .containsExactly(new KillScript(), new Send(RUN, Signal.KILL));
    after(new ScriptEnded(false), new ScriptEnded(false));
    after(new RunEnded(FAILED, LONG));
    assertThat(after(new FinishStarted(FINISH))).containsExactly(new ArmKill(BOUND));
    assertThat(after(new TimerFired(Timer.KILL))).containsExactly(new KillFinish(FINISH));
  }

  @Test
  void stopIsNotKeptWaitingByAControlScript() {
    run();
    asked(Command.HUP);
    assertThat(after(new Stop())).containsExactly(new ArmKill(Rules.DEFAULT_STOP));
    assertThat(after(new ScriptEnded(true))).containsExactly(new RunScript(Command.TERM));
    assertThat(after(new ScriptEnded(false)))
        .containsExactly(
            new Send(RUN, Signal.TERM), new Send(RUN, Signal.CONT), new RunScript(Command.EXIT));
  }

  @Test
  void stopDuringControlUKillsTheScriptAndLeaves() {
    asked(Command.UP);
    assertThat(after(new Stop())).containsExactly(new KillScript());
    assertThat(after(new ScriptEnded(false))).doesNotContain(new StartRun()).endsWith(new Leave());
  }

  @Test
  void nothingOverrulesRemoval() {
    run();
    after(new Stop());
    for (var command : Command.values()) {
      assertThat(asked(command)).isEmpty();
      assertThat(state.wanted()).isEqualTo(Wanted.REMOVED);
    }
  }

  @Test
  void hurryKillsOnlyWhatIsBeingStopped() {
    run();
    assertThat(after(new Hurry())).isEmpty();
    after(new Stop(), new ScriptEnded(false), new ScriptEnded(false));
    assertThat(after(new Hurry())).containsExactly(new Send(RUN, Signal.KILL));
  }

  @Test
  void aLoggerEndsByItselfWhenItsInputIsClosed() {
    run();
    assertThat(after(new InputClosed(false))).isEmpty();
    assertThat(die(LONG)).endsWith(new Leave());
  }

  @Test
  void aLoggerOfARemovedServiceIsBounded() {
    run();
    assertThat(after(new InputClosed(true))).containsExactly(new ArmKill(Rules.DEFAULT_STOP));
    assertThat(after(new TimerFired(Timer.KILL))).containsExactly(new Send(RUN, Signal.KILL));
  }

  @Test
  void goneWaitsForTheControlScriptThatStillRuns() {
    run();
    asked(Command.EXIT);
    after(new ScriptEnded(false));
    assertThat(die(LONG)).doesNotContain(new Leave());
    assertThat(after(new ScriptEnded(false))).endsWith(new Leave());
  }
}
