package org.usersvc.daemon.process;

import java.util.function.Consumer;
import org.usersvc.daemon.model.Errno;

/** The answer to a spawn. */
public sealed interface SpawnOutcome {
  /** The program runs. */
  record Spawned(int pid) implements SpawnOutcome {}

  /** No process was started. */
  record SpawnFailed(Errno errno) implements SpawnOutcome {}

  /** A file system that the spawn needs has not answered in time: the outcome is known later. */
  record SpawnLate(Later later) implements SpawnOutcome {}

  /** A pending outcome. */
  interface Later {
    /** Calls the taker with the outcome on the loop, when it is known; never with a late one. */
    void whenKnown(Consumer<SpawnOutcome> taker);
  }
}
