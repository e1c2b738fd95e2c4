package org.usersvc.daemon.supervise;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Wanted;

/**
 * A service that is to start asks what it needs to start, too, as far as that is down. What is in a
 * cycle asks for nothing, so nothing is asked before all that is needed is open. <b>Loop thread
 * only.</b>
 */
final class Pulling {
  private final Dependencies.Tree tree;
  private final NeedTable table;
  private final ArrayDeque<ServiceRecord> open = new ArrayDeque<>();

  /** Those that ask when all services are open. */
  private final Set<ServiceRecord> later = new LinkedHashSet<>();

  private boolean going;
  private boolean asked;

  Pulling(Dependencies.Tree tree, NeedTable table) {
    this.tree = tree;
    this.table = table;
  }

  /** Whether what is down may still be asked to start: nobody is to give up waiting for it yet. */
  boolean isUndecided() {
    return going || !later.isEmpty();
  }

  void forget(ServiceRecord service) {
    later.remove(service);
  }

  /** Asks for what the service needs, and for what that needs. */
  void pull(ServiceRecord service) {
    open.add(service);
    if (!going) {
      goOn();
      if (asked) {
        lookAnew();
      }
    }
  }

  private void goOn() {
    going = true;
    asked = false;
    try {
      var seen = new HashSet<ServiceRecord>();
      while (!open.isEmpty()) {
        var next = open.remove();
        if (seen.add(next)) {
          askForNeedsOf(next);
        }
      }
    } finally {
      going = false;
    }
  }

  private void askForNeedsOf(ServiceRecord service) {
    var names = NeedTable.names(table.of(service));
    if (names.isEmpty()) {
      return;
    }
    if (table.unopened(service) != null) {
      later.add(service);
    } else if (table.cycleOf(service).isEmpty()) {
      names.forEach(this::ask);
    }
  }

  private void ask(String name) {
    var other = tree.named(name);
    if (other != null
        && (other.main().state().wanted() == Wanted.DOWN || other.main().isHeldBack())) {
      asked = true;
      other.main().tell(Command.UP);
    }
  }

  /** All services are open: who has waited for that asks now. */
  void allOpen() {
    if (!later.isEmpty()) {
      later.removeIf(service -> service.main().state().wanted() != Wanted.UP);
      open.addAll(later);
      later.clear();
      goOn();
      lookAnew();
    }
  }

  /** What was not asked for is not coming. */
  private void lookAnew() {
    List.copyOf(table.declarers()).forEach(service -> service.main().needArrived());
  }
}
