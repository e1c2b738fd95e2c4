package org.usersvc.daemon.order;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.Likeness;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.servicedir.Definition.Needs;

/**
 * Which services wait for which: a start waits for the services that it needs, and a stop waits for
 * the end of its dependents. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: a service that depends on itself is never started, and no service waits for it.
 * INVARIANT: however long a chain of services is, the stack does not grow with it.
 */
public final class Dependencies {
  private static final String REMEDY_OF_CYCLE =
      "remove one of the names from its dependencies.d or waits-for.d";

  private final Set<List<String>> logged = new HashSet<>();
  private final Map<String, Node> departing = new HashMap<>();

  /** Services that have moved, and whether they were lost meanwhile, be it for a moment. */
  private final Map<Node, Boolean> moved = new HashMap<>();

  private final Set<Node> changed = new LinkedHashSet<>();
  private final Tree tree;
  private final Agenda agenda;
  private final NeedTable table;
  private final StopOrder stopOrder;
  private final LingerHold hold;
  private final DependencyStart pulling;
  private final News news;
  private boolean startsNone;

  public Dependencies(Tree tree, Platform platform, Agenda agenda) {
    this.tree = tree;
    this.agenda = agenda;
    this.table = new NeedTable(tree);
    this.stopOrder = new StopOrder(table::hardDependentsOn);
    this.pulling = new DependencyStart(tree, table, agenda);
    this.news = new News(platform.loop());
    this.hold = new LingerHold(tree, table::hardDependentsOn, stopOrder, platform);
  }

  public LingerHold hold() {
    return hold;
  }

  /** From now on no service starts; what runs goes on. */
  public void startNone() {
    startsNone = true;
  }

  /** Whether {@link #startNone} was called. */
  public boolean startsNone() {
    return startsNone;
  }

  public StopOrder stopOrder() {
    return stopOrder;
  }

  public News news() {
    return news;
  }

  /** Sets the needs of a service, as its directory has them now. */
  public void declare(Node service, Needs needs) {
    var before = of(service);
    boolean none = needs.isEmpty() && before.isEmpty();
    if (!none && !needs.equals(before)) {
      table.put(service, needs);
      changed.add(service);
      hold.definitionChanged();
    }
  }

  /** All processes of the service have ended, and it is not in the tree any more. */
  public void gone(Node service) {
    var needed = of(service).hard();
    table.remove(service);
    changed.remove(service);
    pulling.forget(service);
    departing.values().removeIf(service::equals);
    stopOrder.forget(service);
    needed.forEach(this::goOnWith);
    arrived(NeedTable.namesOf(service));
  }

  /** A name leads elsewhere than before: to this service, or to none. */
  public void renamed(String name, Node service) {
    table.renamed();
    if (tree.named(name) == null) {
      departing.put(name, service);
      for (var other : table.dependentsOn(name)) {
        if (of(other).hard().contains(name)) {
          stopOrder.end(other);
        }
      }
    }
    spreadLater(service);
    arrived(Set.of(name));
  }

  /** Services that wait for one of the names look again whether it has come, or will not come. */
  public void arrived(Collection<String> names) {
    for (String name : names) {
      table.dependentsOn(name).forEach(Node::needArrived);
    }
  }

  /** The needs of the service. */
  public Needs of(Node service) {
    return table.of(service);
  }

  /** The reasons why the service cannot start: missing names, or a cycle that it is part of. */
  public List<String> missing(Node service) {
    var needs = of(service);
    if (needs.isEmpty()) {
      return List.of();
    }
    var cycle = table.cycleOf(service);
    if (!cycle.isEmpty()) {
      return List.of("itself: " + shown(cycle));
    }
    String unopened = table.unopened(service);
    if (unopened != null) {
      return List.of(describe(unopened));
    }
    var missing = new ArrayList<String>();
    for (String name : needs.hard()) {
      if (!isUp(name)) {
        missing.add(describe(name));
      }
    }
    for (String name : needs.soft()) {
      if (!needs.hard().contains(name) && isComing(name)) {
        missing.add(describe(name));
      }
    }
    return missing;
  }

  /** Why the service cannot start before somebody changes the tree, null if it may. */
  public @Nullable String obstacle(Node service) {
    var cycle = table.cycleOf(service);
    if (!cycle.isEmpty()) {
      return "waits for itself: " + shown(cycle) + "; " + REMEDY_OF_CYCLE;
    }
    for (String name : of(service).hard()) {
      if (!isKnown(name)) {
        var names = tree.services().stream().map(Node::nativeName).toList();
        String shown = NativeText.printable(name);
        return "depends on %s, which does not exist%s; enable it, or remove dependencies.d/%s"
            .formatted(shown, Likeness.hint(name, names), shown);
      }
    }
    return null;
  }

  private boolean isKnown(String name) {
    return tree.named(name) != null || tree.isExpected(name);
  }

  private String describe(String name) {
    String shown = "service " + NativeText.printable(name);
    return isKnown(name) ? shown : shown + ", which does not exist";
  }

  private static String shown(List<String> cycle) {
    return NativeText.printable(String.join(" -> ", cycle));
  }

  private boolean isUp(String name) {
    var other = tree.named(name);
    return other != null
        && other.state().phase().isUp()
        && !other.isHeldBack()
        && !other.isStopping()
        && !stopOrder.isLeaving(other);
  }

  /** Whether a service that is not up may still come up without a request. */
  private boolean isComing(String name) {
    if (isUp(name)) {
      return false;
    }
    var seen = new HashSet<String>();
    var open = new ArrayDeque<>(List.of(name));
    while (!open.isEmpty()) {
      String next = open.remove();
      if (!mayCome(next)) {
        return false;
      }
      var service = tree.named(next);
      if (service != null && service.state().phase() instanceof Phase.Waiting) {
        of(service).hard().stream()
            .filter(each -> !isUp(each) && seen.add(each))
            .forEach(open::add);
      }
    }
    return true;
  }

  /** The same, provided that all its needs come. */
  private boolean mayCome(String name) {
    var other = tree.named(name);
    if (other == null) {
      return tree.isExpected(name);
    }
    if (other.isStopping() || other.state().wanted() != Wanted.UP) {
      return !other.isStopping() && pulling.isUndecided(); // a request may still follow
    }
    return switch (other.state().phase()) {
      case Phase.Waiting _ ->
          !other.lacksVariables() && !hold.holds(other) && table.cycleOf(other).isEmpty();
      case Phase.Down _, Phase.Preparing _, Phase.Starting _, Phase.Running _ -> true;
      case Phase.FinishStarting _, Phase.Finishing _, Phase.Completed _ -> false;
      case Phase.Incomplete _, Phase.BackingOff _, Phase.Settling _, Phase.Gone _ -> false;
    };
  }

  /** To be called when all services are open. Logs new cycles if needs have changed. */
  public void reviewChanges(Messages messages) {
    pulling.allOpen();
    if (!changed.isEmpty()) {
      logCycles(messages);
      var these = List.copyOf(changed);
      changed.clear();
      these.forEach(Node::needArrived);
    }
  }

  /** Logs cycles and unknown names; all waiting services look again. */
  public void review(Messages messages) {
    changed.addAll(table.declarers());
    reviewChanges(messages);
    for (var service : List.copyOf(table.declarers())) {
      for (String name : of(service).hard()) {
        if (tree.named(name) == null && logged.add(List.of(service.nativeName(), name))) {
          messages.warn(doesNotExist(service.name(), NativeText.printable(name)));
        }
      }
    }
  }

  private void logCycles(Messages messages) {
    for (var cycle : table.cycles()) {
      if (logged.add(cycle)) {
        messages.warn(
            shown(cycle) + ": these wait for one another and are not started; " + REMEDY_OF_CYCLE);
      }
    }
  }

  private static String doesNotExist(String service, String name) {
    return "%s: depends on %s, which does not exist; enable it, or remove dependencies.d/%s"
        .formatted(service, name, name);
  }

  /** Whether any service depends on it, hard or soft. */
  public boolean isNeeded(Node service) {
    return !table.dependentsOn(service).isEmpty();
  }

  /** Starts the services that it needs, and those that these need, if they are down. */
  public void pull(Node service) {
    if (!table.isEmpty()) {
      pulling.pull(service);
    }
  }

  /**
   * To be called when a service is new, as others may have waited for it. A service that was
   * resumed is not new.
   */
  public void opened(Node service) {
    if (service.names().size() > 1) {
      table.renamed();
    }
    hold.definitionChanged();
    boolean isNew = !service.isResumed();
    if (isNew && service.state().wanted() == Wanted.DOWN && isWaitedFor(service)) {
      service.command(Command.UP);
    }
    agenda.add(Agenda.Stage.HAPPEN, () -> spreadLater(service)); // after all its letters of now
  }

  private boolean isWaitedFor(Node service) {
    return table.dependentsOn(service).stream()
        .anyMatch(other ->
            waits(other) && table.unopened(other) == null && table.cycleOf(other).isEmpty());
  }

  private static boolean waits(Node service) {
    return service.state().phase() instanceof Phase.Waiting;
  }

  /** To be called at any change of a run's phase. */
  public void moved(Node service) {
    news.moved(service);
    stopOrder.moved(service);
    if (!table.isEmpty()) {
      spreadLater(service);
    }
  }

  private void spreadLater(Node service) {
    boolean isNew = !moved.containsKey(service);
    moved.merge(service, isLost(service), Boolean::logicalOr);
    if (isNew) {
      agenda.add(Agenda.Stage.SPREAD, () -> spread(service));
    }
  }

  private void spread(Node service) {
    if (Boolean.TRUE.equals(moved.remove(service))) {
      stopOrder.endDependents(service);
    }
    var others = table.dependentsOn(service);
    others.forEach(Node::needArrived);
    others.forEach(this::review);
    of(service).hard().forEach(this::goOnWith);
  }

  /** A service that waits only for waiting services may have to wait no longer, or again. */
  private void review(Node waiting) {
    var seen = new HashSet<Node>();
    var open = new ArrayDeque<>(List.of(waiting));
    while (!open.isEmpty()) {
      var next = open.remove();
      if (waits(next) && seen.add(next)) {
        for (var other : table.dependentsOn(next)) {
          if (!of(other).soft().isEmpty()) {
            other.needArrived();
          }
          open.add(other);
        }
      }
    }
  }

  private void goOnWith(String name) {
    for (var needed : new @Nullable Node[] {tree.named(name), departing.get(name)}) {
      if (needed != null) {
        stopOrder.goOn(needed);
      }
    }
  }

  private static boolean isLost(Node service) {
    return switch (service.state().phase()) {
      case Phase.Down _, Phase.Waiting _, Phase.Incomplete _, Phase.Gone _ -> true;
      case Phase.Preparing _, Phase.Starting _, Phase.Running _, Phase.Completed _ -> false;
      case Phase.FinishStarting _, Phase.Finishing _ -> false;
      case Phase.BackingOff _, Phase.Settling _ -> false;
    };
  }
}
