package org.usersvc.daemon.order;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Maps names to services. <b>Loop thread only.</b> */
public interface Tree {
  @Nullable Node named(String name);

  /** Whether a service of that name is in the tree but not open yet. */
  boolean isExpected(String name);

  Collection<Node> services();

  /** Runs the action once, when all services are open. */
  void whenSettled(Runnable action);
}
