package org.usersvc.daemon.supervise;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.order.Node;
import org.usersvc.daemon.order.Tree;

/** The supervisor's services as a tree of nodes. */
record ServiceNodes(Supervisor supervisor) implements Tree {
  @Override
  public @Nullable Node named(String name) {
    var service = supervisor.named(name);
    return service == null ? null : service.node();
  }

  @Override
  public boolean isExpected(String name) {
    return supervisor.finder().isExpected(name);
  }

  @Override
  public Collection<Node> services() {
    return supervisor.services().stream().map(ServiceRecord::node).toList();
  }

  @Override
  public void whenSettled(Runnable action) {
    supervisor.whenSettled(action);
  }
}
