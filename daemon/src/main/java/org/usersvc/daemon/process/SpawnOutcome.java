package org.usersvc.daemon.process;

import org.usersvc.daemon.model.Errno;

/** The answer to a spawn. */
public sealed interface SpawnOutcome {
  /** The program runs. */
  record Spawned(int pid) implements SpawnOutcome {}

  /** Nothing was started. */
  record SpawnFailed(Errno errno) implements SpawnOutcome {}
}
