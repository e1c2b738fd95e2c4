package org.usersvc.daemon.supervise;

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
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.servicedir.Definition.Needs;

/**
 * Which services have to wait for which: for the start of what they depend on, and, before they
 * stop, for the end of what depends on them. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: a service that depends on itself is never started, and is waited for by nobody.
 * INVARIANT: however long a chain of services is, the stack does not grow with it.
 */
public final class Dependencies {
  private final Set<List<String>> told = new HashSet<>();
  private final Map<String, ServiceRecord> departing = new HashMap<>();
  private final Set<ServiceRecord> moved = new HashSet<>();
  private final Set<ServiceRecord> changed = new LinkedHashSet<>();
  private final Tree tree;
  private final Agenda agenda;
  private final NeedTable table;
  private final StopOrder stopOrder;
  private final Hold hold;
  private final Pulling pulling;
  private final News news;

  /** Where names lead to. */
  interface Tree {
    @Nullable ServiceRecord named(String name);

    /** Whether a service of that name is in the tree and has only not been opened yet. */
    boolean isExpected(String name);

    Collection<ServiceRecord> services();

    /** Runs the action once, when all services are open. */
    void whenSettled(Runnable action);
  }

  Dependencies(Tree tree, Platform platform, Agenda agenda) {
    this.tree = tree;
    this.agenda = agenda;
    this.table = new NeedTable(tree);
    this.stopOrder = new StopOrder(table::hardDependentsOn);
    this.pulling = new Pulling(tree, table, agenda);
    this.news = new News(platform.loop());
    this.hold = new Hold(tree, table::hardDependentsOn, stopOrder, platform);
  }

  Hold hold() {
    return hold;
  }

  StopOrder stopOrder() {
    return stopOrder;
  }

  News news() {
    return news;
  }

  /** What a service needs, as its directory says now. */
  void declare(ServiceRecord service, Needs needs) {
    var before = of(service);
    boolean none = needs.isEmpty() && before.isEmpty();
    if (!none && !needs.equals(before)) {
      table.put(service, needs);
      changed.add(service);
      hold.definitionChanged();
    }
  }

  /** Nothing of the service lives any more, and it is no longer in the tree. */
  void gone(ServiceRecord service) {
    var needed = of(service).hard();
    table.remove(service);
    changed.remove(service);
    pulling.forget(service);
    departing.values().removeIf(service::equals);
    stopOrder.forget(service);
    needed.forEach(this::goOnWith);
    arrived(NeedTable.namesOf(service));
  }

  /** A name leads elsewhere than before: to this service, or nowhere. */
  void renamed(String name, ServiceRecord service) {
    table.renamed();
    if (tree.named(name) == null) {
      departing.put(name, service);
      for (var other : table.dependentsOn(name)) {
        if (of(other).hard().contains(name)) {
          stopOrder.end(other);
        }
      }
    }
    moved(service);
    arrived(Set.of(name));
  }

  /** What waits for one of the names may find that it has come, or that it does not come. */
  void arrived(Collection<String> names) {
    for (String name : names) {
      table.dependentsOn(name).forEach(other -> other.main().needArrived());
    }
  }

  /** What the service needs. */
  public Needs of(ServiceRecord service) {
    return table.of(service);
  }

  /** What keeps the service from starting: names, or a cycle that it is part of. */
  List<String> missing(ServiceRecord service) {
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

  private String describe(String name) {
    boolean known = tree.named(name) != null || tree.isExpected(name);
    return "service " + NativeText.printable(name) + (known ? "" : ", which does not exist");
  }

  private static String shown(List<String> cycle) {
    return NativeText.printable(String.join(" -> ", cycle));
  }

  private boolean isUp(String name) {
    var other = tree.named(name);
    return other != null && other.isAvailable();
  }

  /** Whether what is not up yet may still come up without being asked to. */
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
      if (service != null && service.main().state().phase() instanceof Phase.Waiting) {
        of(service).hard().stream()
            .filter(each -> !isUp(each) && seen.add(each))
            .forEach(open::add);
      }
    }
    return true;
  }

  /** The same, if all that it needs comes. */
  private boolean mayCome(String name) {
    var other = tree.named(name);
    if (other == null) {
      return tree.isExpected(name);
    }
    if (other.isStopping() || other.main().state().wanted() != Wanted.UP) {
      return !other.isStopping() && pulling.isUndecided(); // it may still be asked for
    }
    return switch (other.main().state().phase()) {
      case Phase.Waiting _ ->
          other.main().environment().missing().isEmpty()
              && !hold.holds(other)
              && table.cycleOf(other).isEmpty();
      case Phase.Down _, Phase.Preparing _, Phase.Starting _, Phase.Running _ -> true;
      case Phase.FinishStarting _, Phase.Finishing _, Phase.Completed _ -> false;
      case Phase.Incomplete _, Phase.BackingOff _, Phase.Settling _, Phase.Gone _ -> false;
    };
  }

  /**
   * To be called when all services are open. Tells of cycles that have not been told of, if what
   * services need has changed.
   */
  void reviewChanges(Messages messages) {
    pulling.allOpen();
    if (!changed.isEmpty()) {
      tellCycles(messages);
      var these = List.copyOf(changed);
      changed.clear();
      these.forEach(service -> service.main().needArrived());
    }
  }

  /** Tells of cycles, and of names that nobody has; all that waits looks anew. */
  void review(Messages messages) {
    changed.addAll(table.declarers());
    reviewChanges(messages);
    for (var service : List.copyOf(table.declarers())) {
      for (String name : of(service).hard()) {
        if (tree.named(name) == null && told.add(List.of(service.nativeName(), name))) {
          messages.warn(doesNotExist(service.name(), NativeText.printable(name)));
        }
      }
    }
  }

  private void tellCycles(Messages messages) {
    for (var cycle : table.cycles()) {
      if (told.add(cycle)) {
        messages.warn(
            shown(cycle)
                + ": these wait for one another and are not started; remove one of the names from"
                + " its dependencies.d or waits-for.d");
      }
    }
  }

  private static String doesNotExist(String service, String name) {
    return "%s: depends on %s, which does not exist; enable it, or remove dependencies.d/%s"
        .formatted(service, name, name);
  }

  /** Whether something depends on the service, hard or soft. */
  boolean isNeeded(ServiceRecord service) {
    return !table.dependentsOn(service).isEmpty();
  }

  /** Asks what it needs to start, and what that needs, as far as it is down. */
  void pull(Supervised process) {
    if (!process.isLogger() && !table.isEmpty()) {
      pulling.pull(process.service());
    }
  }

  /**
   * To be called when a service is new: others may have waited for it. One that an earlier daemon
   * has known is not new.
   */
  void opened(ServiceRecord service) {
    if (service.names().size() > 1) {
      table.renamed();
    }
    hold.definitionChanged();
    boolean isNew = !service.main().isResumed();
    if (isNew && service.main().state().wanted() == Wanted.DOWN && isWaitedFor(service)) {
      service.main().tell(Command.UP);
    }
    moved(service);
  }

  private boolean isWaitedFor(ServiceRecord service) {
    return table.dependentsOn(service).stream()
        .anyMatch(other ->
            waits(other) && table.unopened(other) == null && table.cycleOf(other).isEmpty());
  }

  private static boolean waits(ServiceRecord service) {
    return service.main().state().phase() instanceof Phase.Waiting;
  }

  /** To be called when a process has come up, gone down, or anything between. */
  void moved(Supervised process) {
    if (process.isLogger()) {
      return;
    }
    news.moved(process);
    stopOrder.moved(process.service());
    if (!table.isEmpty()) {
      moved(process.service());
    }
  }

  private void moved(ServiceRecord service) {
    if (moved.add(service)) {
      agenda.add(Agenda.Stage.SPREAD, () -> spread(service));
    }
  }

  private void spread(ServiceRecord service) {
    moved.remove(service);
    if (isLost(service)) {
      stopOrder.endDependents(service);
    }
    var others = table.dependentsOn(service);
    others.forEach(other -> other.main().needArrived());
    others.forEach(this::review);
    of(service).hard().forEach(this::goOnWith);
  }

  /** Who only waits for what waits itself may have to wait no longer, or again. */
  private void review(ServiceRecord waiting) {
    var seen = new HashSet<ServiceRecord>();
    var open = new ArrayDeque<>(List.of(waiting));
    while (!open.isEmpty()) {
      var next = open.remove();
      if (waits(next) && seen.add(next)) {
        for (var other : table.dependentsOn(next)) {
          if (!of(other).soft().isEmpty()) {
            other.main().needArrived();
          }
          open.add(other);
        }
      }
    }
  }

  private void goOnWith(String name) {
    for (var needed : new @Nullable ServiceRecord[] {tree.named(name), departing.get(name)}) {
      if (needed != null) {
        stopOrder.goOn(needed);
      }
    }
  }

  private static boolean isLost(ServiceRecord service) {
    return switch (service.main().state().phase()) {
      case Phase.Down _, Phase.Waiting _, Phase.Incomplete _, Phase.Gone _ -> true;
      case Phase.Preparing _, Phase.Starting _, Phase.Running _, Phase.Completed _ -> false;
      case Phase.FinishStarting _, Phase.Finishing _ -> false;
      case Phase.BackingOff _, Phase.Settling _ -> false;
    };
  }
}
