package org.usersvc.daemon.os;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.process.SpawnOutcome;

/** The answer to a spawn that hangs; it keeps the spawn's memory. <b>Loop thread only.</b> */
final class LateSpawn implements SpawnOutcome.Later {
  @SuppressWarnings("UnusedVariable") // prevents its collection while the spawn reads it
  private @Nullable EnvironmentBlock environment;

  private @Nullable SpawnOutcome outcome;
  private @Nullable Consumer<SpawnOutcome> taker;

  LateSpawn(EnvironmentBlock environment) {
    this.environment = environment;
  }

  @Override
  public void whenKnown(Consumer<SpawnOutcome> listener) {
    taker = listener;
    report();
  }

  void come(SpawnOutcome answer) {
    environment = null;
    outcome = answer;
    report();
  }

  private void report() {
    if (taker != null && outcome != null) {
      taker.accept(outcome);
    }
  }
}
