package org.usersvc.daemon.order;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;

/**
 * The services on their way down, and those that have to end before them. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: no service is commanded to end for lack of another one while a service that cannot
 * be without it lives. INVARIANT: a service on its way down is not up for its dependents.
 */
public final class StopOrder {
  private final Set<Node> leaving = new HashSet<>();
  private final Set<Node> ending = new HashSet<>();
  private final Function<Node, Collection<Node>> dependents;

  /**
   * Begins empty.
   *
   * @param dependents the services that cannot be without that one
   */
  StopOrder(Function<Node, Collection<Node>> dependents) {
    this.dependents = dependents;
  }

  /** Whether it has been commanded to end, or will be as soon as others have ended. */
  boolean isLeaving(Node service) {
    return leaving.contains(service);
  }

  /** The service is to end: ends the services that cannot be without it; true if all have ended. */
  public boolean release(Node service) {
    leaving.add(service);
    endDependents(service);
    return isFree(service);
  }

  /** Ends the services that cannot be without the service. */
  void endDependents(Node service) {
    end(dependents.apply(service));
  }

  /** Ends the service. */
  void end(Node service) {
    end(List.of(service));
  }

  /** Ends these services, and before each those that cannot be without it. */
  void end(Collection<Node> services) {
    var found = new ArrayList<Node>();
    var open = new ArrayDeque<>(services);
    while (!open.isEmpty()) {
      var other = open.remove();
      if (isUp(other) && !other.isStopping() && leaving.add(other)) {
        ending.add(other);
        found.add(other);
        open.addAll(dependents.apply(other));
      }
    }
    found.reversed().forEach(this::goOn);
  }

  /** Ends the service if its dependents have ended; one of them has moved. */
  void goOn(Node service) {
    if (ending.contains(service) && isFree(service)) {
      ending.remove(service);
      service.feed(new Event.NeedChanged());
    }
    service.goOnStopping();
  }

  /** The phase of the service has changed. */
  void moved(Node service) {
    if (!isUp(service)) {
      forget(service);
    }
  }

  void forget(Node service) {
    leaving.remove(service);
    ending.remove(service);
  }

  private boolean isFree(Node service) {
    return dependents.apply(service).stream().noneMatch(StopOrder::holds);
  }

  private static boolean isUp(Node service) {
    var phase = service.state().phase();
    return phase instanceof Phase.Running || phase instanceof Phase.Completed;
  }

  private static boolean holds(Node dependent) {
    return dependent.state().phase().isBusy() || isUp(dependent);
  }
}
