package org.usersvc.daemon.execution;

import java.util.function.Consumer;

/** Finds out which processes live. <b>Loop thread only.</b> */
public interface Census {
  /**
   * Calls the taker soon, with a table that was read after this call. All who ask in the meantime
   * get the same table.
   */
  void ask(Consumer<ProcessTable> taker);
}
