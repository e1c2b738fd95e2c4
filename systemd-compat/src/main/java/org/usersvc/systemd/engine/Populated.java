package org.usersvc.systemd.engine;

import java.util.Set;
import java.util.function.Consumer;

/** A unit that knows its processes. <b>Loop thread only.</b> */
public interface Populated extends Controller {
  /** Whether it is known to have a process; one that nobody has looked for yet is not known. */
  boolean has(int pid);

  /** Looks for its living processes and calls the taker with them, soon. */
  void processes(Consumer<Set<Integer>> taker);
}
