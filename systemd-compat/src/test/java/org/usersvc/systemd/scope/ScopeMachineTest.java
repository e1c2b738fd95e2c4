package org.usersvc.systemd.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.scope.ScopeEffect.SignalAll;
import org.usersvc.systemd.scope.ScopeState.Phase;

/** What scopes do, and where every state of a scope can lead. */
final class ScopeMachineTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final ScopeRules RULES =
      new ScopeRules(KillSettings.DEFAULT, SECOND, Duration.ofHours(1));

  private static ScopeState after(ScopeEvent... events) {
    var state = ScopeState.INITIAL;
    for (var event : events) {
      state = ScopeMachine.step(state, event, RULES).next();
    }
    return state;
  }

  @Test
  void isInactiveWhenItIsEmpty() {
    assertThat(after(ScopeEvent.STARTED).phase()).isEqualTo(Phase.RUNNING);
    assertThat(after(ScopeEvent.STARTED, ScopeEvent.PROCESSES_GONE)).isEqualTo(ScopeState.INITIAL);
    assertThat(after(ScopeEvent.STARTED, ScopeEvent.ABANDONED).phase()).isEqualTo(Phase.ABANDONED);
  }

  @Test
  void aStopSendsSignals() {
    var running = after(ScopeEvent.STARTED);
    assertThat(ScopeMachine.step(running, ScopeEvent.STOP_ASKED, RULES).effects())
        .contains(new SignalAll(List.of(Signal.TERM, Signal.CONT)), new ScopeEffect.Arm(SECOND));
    var stopping = after(ScopeEvent.STARTED, ScopeEvent.STOP_ASKED);
    assertThat(ScopeMachine.step(stopping, ScopeEvent.TIMER_FIRED, RULES).effects())
        .contains(new SignalAll(List.of(Signal.KILL)));
  }

  @Test
  void whatRunsTooLongFails() {
    var late = after(ScopeEvent.STARTED, ScopeEvent.TIMER_FIRED, ScopeEvent.PROCESSES_GONE);
    assertThat(late.phase()).isEqualTo(Phase.FAILED);
    assertThat(late.result()).isEqualTo("timeout");
  }

  @Test
  void everyReachableStateEndsWhenItsTimerFires() {
    var seen = new LinkedHashSet<ScopeState>(List.of(ScopeState.INITIAL));
    var queue = new ArrayDeque<>(seen);
    while (!queue.isEmpty()) {
      var state = queue.remove();
      for (var event : ScopeEvent.values()) {
        var next = ScopeMachine.step(state, event, RULES).next();
        if (seen.add(next)) {
          queue.add(next);
        }
      }
    }
    assertThat(seen).extracting(ScopeState::phase).contains(Phase.values());
    for (var start : seen) {
      var state = start;
      for (int i = 0; i < 3; i++) {
        state = ScopeMachine.step(state, ScopeEvent.TIMER_FIRED, RULES).next();
      }
      assertThat(state.phase().active().isInactiveOrFailed()).as("after %s", start).isTrue();
    }
  }
}
