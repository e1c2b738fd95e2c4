package org.usersvc.daemon.process;

import java.util.function.Consumer;
import org.usersvc.daemon.model.Errno;

/** The answer to a spawn. */
public sealed interface SpawnOutcome {
  /** The program runs. */
  record Spawned(int pid) implements SpawnOutcome {}

  /** Nothing was started. */
  record SpawnFailed(Errno errno) implements SpawnOutcome {}

  /**
   * A file system that is needed for it has not answered in time: whether the program runs is known
   * later.
   */
  record SpawnLate(Later later) implements SpawnOutcome {}

  /** An answer that is to come. */
  interface Later {
    /** Hands over the answer on the loop, when it is there; never a late one. */
    void whenKnown(Consumer<SpawnOutcome> taker);
  }
}
