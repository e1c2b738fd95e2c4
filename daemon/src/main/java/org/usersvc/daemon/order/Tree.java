package org.usersvc.daemon.order;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Where names lead to. <b>Loop thread only.</b> */
public interface Tree {
  @Nullable Node named(String name);

  /** Whether a service of that name is in the tree and has only not been opened yet. */
  boolean isExpected(String name);

  Collection<Node> services();

  /** Runs the action once, when all services are open. */
  void whenSettled(Runnable action);
}
