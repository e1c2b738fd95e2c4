package org.usersvc.daemon.order;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Wanted;

/**
 * Starts the needs of a service that is to start, if they are down. A service in a cycle starts
 * none, so all needs must be open before the first is asked. <b>Loop thread only.</b>
 */
final class DependencyStart {
  private final Tree tree;
  private final NeedTable table;
  private final Agenda agenda;

  /** Services that ask when all services are open. */
  private final Set<Node> later = new LinkedHashSet<>();

  /** Whether services were asked, and their dependents have not looked again yet. */
  private boolean asked;

  DependencyStart(Tree tree, NeedTable table, Agenda agenda) {
    this.tree = tree;
    this.table = table;
    this.agenda = agenda;
  }

  /** Whether a service that is down may still be asked to start: its dependents wait on. */
  boolean isUndecided() {
    return asked || !later.isEmpty();
  }

  void forget(Node service) {
    later.remove(service);
  }

  /** Asks the needs of the service to start, and their needs. */
  void pull(Node service) {
    agenda.add(Agenda.Stage.ASK, () -> askForNeedsOf(service));
  }

  private void askForNeedsOf(Node service) {
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
    if (other != null && isToBeAsked(other)) {
      lookAnewLater();
      other.command(Command.UP);
    }
  }

  /** One letter is enough, however many need the service. */
  private static boolean isToBeAsked(Node service) {
    boolean down = service.state().wanted() == Wanted.DOWN || service.isHeldBack();
    return down && !service.isCommandedUp();
  }

  /** All services are open: those that have waited for that ask now. */
  void allOpen() {
    if (!later.isEmpty()) {
      later.removeIf(service -> service.state().wanted() != Wanted.UP);
      var these = List.copyOf(later);
      later.clear();
      agenda.add(
          Agenda.Stage.ASK,
          () -> {
            lookAnewLater();
            these.forEach(this::askForNeedsOf);
          });
    }
  }

  private void lookAnewLater() {
    if (!asked) {
      asked = true;
      agenda.add(Agenda.Stage.REVIEW, this::lookAnew);
    }
  }

  /** Services that were not asked will not come. */
  private void lookAnew() {
    asked = false;
    List.copyOf(table.declarers()).forEach(Node::needArrived);
  }
}
