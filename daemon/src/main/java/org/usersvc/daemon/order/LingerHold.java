package org.usersvc.daemon.order;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.platform.Platform;

/**
 * Holds services back while there is no login: all except those with a file {@code linger}, and
 * those that these cannot be without. Their wanted state does not change. A log service goes on in
 * any case, as while its service is down: it has to read the rest. <b>Loop thread only.</b>
 */
public final class LingerHold {
  /** The need of a service that is held back. */
  public static final String AWAITED = "a login";

  private final Set<List<String>> logged = new HashSet<>();
  private final Tree tree;
  private final Function<Node, Collection<Node>> dependents;
  private final StopOrder stopOrder;
  private final Platform platform;
  private boolean on;
  private boolean toReview;

  /**
   * Holds nothing yet.
   *
   * @param dependents the services that cannot be without that one
   */
  LingerHold(
      Tree tree,
      Function<Node, Collection<Node>> dependents,
      StopOrder stopOrder,
      Platform platform) {
    this.tree = tree;
    this.dependents = dependents;
    this.stopOrder = stopOrder;
    this.platform = platform;
  }

  /** Whether the service must not run now. */
  public boolean holds(Node service) {
    return on && lingering(service) == null;
  }

  /** The service itself or one that cannot be without it that has a {@code linger}, else null. */
  private @Nullable Node lingering(Node service) {
    var seen = new HashSet<>(Set.of(service));
    var open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      var next = open.remove();
      if (next.lingers()) {
        return next;
      }
      dependents.apply(next).stream().filter(seen::add).forEach(open::add);
    }
    return null;
  }

  /** Begins to hold services back, or lets them all run. */
  public void turn(boolean next) {
    if (on != next) {
      on = next;
      reviewSoon();
    }
  }

  /** A definition is new or has changed; other services may be held back now. */
  public void definitionChanged() {
    if (on) {
      reviewSoon();
    }
  }

  /** Waits until all services are open: one that is not may be why another one lingers. */
  private void reviewSoon() {
    if (!toReview && !tree.services().isEmpty()) {
      toReview = true;
      platform.loop().soon(() -> tree.whenSettled(this::review));
    }
  }

  /** Ends services that are held back now, and starts those that are not any more. */
  private void review() {
    toReview = false;
    var held = new LinkedHashSet<Node>();
    for (var service : tree.services()) {
      if (holds(service)) {
        held.add(service);
      } else if (on) {
        log(service);
      }
    }
    stopOrder.end(held);
    for (var service : tree.services()) {
      if (held.contains(service) && service.state().phase().isDelayed()) {
        service.feed(new Event.NeedChanged());
      } else {
        service.needArrived();
      }
    }
  }

  private void log(Node service) {
    var other = lingering(service);
    if (other != null
        && !other.equals(service)
        && logged.add(List.of(service.name(), other.name()))) {
      platform
          .messages()
          .warn(
              "%s: lingers, as %s depends on it; give it a file linger, too"
                  .formatted(service.name(), other.name()));
    }
  }
}
