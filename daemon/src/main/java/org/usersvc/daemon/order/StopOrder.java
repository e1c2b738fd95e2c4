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
 * Who is on its way down, and what has to end before it. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: nothing is told to end for want of another service while something that cannot be
 * without it lives. INVARIANT: what is on its way down is not up for what depends on it.
 */
public final class StopOrder {
  private final Set<Node> leaving = new HashSet<>();
  private final Set<Node> ending = new HashSet<>();
  private final Function<Node, Collection<Node>> dependents;

  /**
   * Nothing is on its way down yet.
   *
   * @param dependents the services that cannot be without that one
   */
  StopOrder(Function<Node, Collection<Node>> dependents) {
    this.dependents = dependents;
  }

  /** Whether it has been told to end, or is to be told as soon as others have ended. */
  boolean isLeaving(Node service) {
    return leaving.contains(service);
  }

  /** The service is to end: ends what cannot be without it; true if all of it has ended. */
  public boolean release(Node service) {
    leaving.add(service);
    endDependents(service);
    return isFree(service);
  }

  /** Ends what cannot be without the service. */
  void endDependents(Node service) {
    end(dependents.apply(service));
  }

  /** Ends the service. */
  void end(Node service) {
    end(List.of(service));
  }

  /** Ends these, and before each what cannot be without it. */
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

  /** Goes on with what the service may have to end for; something that needs it has moved. */
  void goOn(Node service) {
    if (ending.contains(service) && isFree(service)) {
      ending.remove(service);
      service.feed(new Event.NeedChanged());
    }
    service.goOnStopping();
  }

  /** The service is elsewhere than before. */
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
