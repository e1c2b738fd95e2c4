package org.usersvc.systemd.scope;

import java.time.Duration;
import java.util.List;
import org.usersvc.daemon.model.Signal;

/** One thing that has to be done for a scope; effects are performed in order. */
public sealed interface ScopeEffect {
  /** Send the signals, one after the other, to all processes of the scope. */
  record SignalAll(List<Signal> signals) implements ScopeEffect {}

  /** Wake up with TIMER_FIRED; an earlier timer is replaced. */
  record Arm(Duration after) implements ScopeEffect {}

  record Disarm() implements ScopeEffect {}

  /** A phase is entered: dependent units and clients see it. */
  record Entered(ScopeState.Phase phase) implements ScopeEffect {}
}
