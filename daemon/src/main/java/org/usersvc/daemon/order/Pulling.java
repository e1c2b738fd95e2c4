package org.usersvc.daemon.order;

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
  private final Tree tree;
  private final NeedTable table;
  private final Agenda agenda;

  /** Those that ask when all services are open. */
  private final Set<Node> later = new LinkedHashSet<>();

  /** Whether something may have been asked, and what waits for it has not looked anew yet. */
  private boolean asked;

  Pulling(Tree tree, NeedTable table, Agenda agenda) {
    this.tree = tree;
    this.table = table;
    this.agenda = agenda;
  }

  /** Whether what is down may still be asked to start: nobody is to give up waiting for it yet. */
  boolean isUndecided() {
    return asked || !later.isEmpty();
  }

  void forget(Node service) {
    later.remove(service);
  }

  /** Asks for what the service needs, and for what that needs. */
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
      other.tell(Command.UP);
    }
  }

  /** One letter is enough, however many need the service. */
  private static boolean isToBeAsked(Node service) {
    boolean down = service.state().wanted() == Wanted.DOWN || service.isHeldBack();
    return down && !service.isToldUp();
  }

  /** All services are open: who has waited for that asks now. */
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

  /** What was not asked for is not coming. */
  private void lookAnew() {
    asked = false;
    List.copyOf(table.declarers()).forEach(Node::needArrived);
  }
}
