package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.servicedir.Definition.Needs;

/**
 * Which services have to wait for which: for the start of what they depend on, and, before they
 * stop, for the end of what depends on them. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: a service that depends on itself is never started, and is waited for by nobody.
 */
public final class Dependencies {
  private static final Needs NOTHING = new Needs(Set.of(), Set.of());

  private final Map<ServiceRecord, Needs> declared = new LinkedHashMap<>();
  private final Map<String, Set<ServiceRecord>> dependents = new HashMap<>();
  private final Set<List<String>> told = new HashSet<>();
  private final Tree tree;
  private @Nullable DependencyGraph graph;

  /** Where names lead to. */
  interface Tree {
    @Nullable ServiceRecord named(String name);

    /** Whether a service of that name is in the tree and has only not been opened yet. */
    boolean isExpected(String name);
  }

  Dependencies(Tree tree) {
    this.tree = tree;
  }

  /** What a service needs, as its directory says now. */
  void declare(ServiceRecord service, Needs needs) {
    if (needs.equals(of(service))) {
      return;
    }
    forget(service);
    if (!needs.isEmpty()) {
      declared.put(service, needs);
      names(needs).forEach(name -> dependents.computeIfAbsent(name, _ -> newSet()).add(service));
    }
  }

  void forget(ServiceRecord service) {
    var before = declared.remove(service);
    if (before != null) {
      names(before).forEach(name -> dependents.getOrDefault(name, newSet()).remove(service));
    }
    graph = null;
  }

  private static Set<ServiceRecord> newSet() {
    return new LinkedHashSet<>();
  }

  private static Set<String> names(Needs needs) {
    var names = new TreeSet<>(needs.hard());
    names.addAll(needs.soft());
    return names;
  }

  /** What the service needs. */
  public Needs of(ServiceRecord service) {
    return declared.getOrDefault(service, NOTHING);
  }

  /** What keeps the service from starting: names, or a cycle that it is part of. */
  List<String> missing(ServiceRecord service) {
    var needs = of(service);
    if (needs.isEmpty()) {
      return List.of();
    }
    var cycle = graph().cycleOf(service.nativeName());
    if (!cycle.isEmpty()) {
      return List.of(describe(cycle));
    }
    var missing = new ArrayList<String>();
    for (String name : needs.hard()) {
      var other = tree.named(name);
      if (other == null || !other.isAvailable()) {
        missing.add(describe(name));
      }
    }
    for (String name : needs.soft()) {
      if (isComing(name) && !needs.hard().contains(name)) {
        missing.add(describe(name));
      }
    }
    return missing;
  }

  private String describe(String name) {
    boolean known = tree.named(name) != null || tree.isExpected(name);
    return "service " + NativeText.printable(name) + (known ? "" : ", which does not exist");
  }

  private static String describe(List<String> cycle) {
    return "itself: " + NativeText.printable(String.join(" -> ", cycle));
  }

  /** Whether what is not up yet may still come up without being asked to. */
  private boolean isComing(String name) {
    var other = tree.named(name);
    if (other == null) {
      return tree.isExpected(name);
    }
    var state = other.main().state();
    if (other.isAvailable() || other.isStopping() || state.wanted() != Wanted.UP) {
      return false;
    }
    return switch (state.phase()) {
      case Phase.Waiting _ ->
          other.main().environment().missing().isEmpty()
              && graph().cycleOf(other.nativeName()).isEmpty()
              && of(other).hard().stream().allMatch(each -> isUp(each) || isComing(each));
      case Phase.Down _, Phase.Preparing _, Phase.Starting _, Phase.Running _ -> true;
      case Phase.FinishStarting _, Phase.Finishing _, Phase.Completed _ -> false;
      case Phase.Incomplete _, Phase.BackingOff _, Phase.Gone _ -> false;
    };
  }

  private boolean isUp(String name) {
    var other = tree.named(name);
    return other != null && other.isAvailable();
  }

  private DependencyGraph graph() {
    if (graph == null) {
      var edges = new HashMap<String, Set<String>>();
      declared.forEach((service, needs) -> edges.put(service.nativeName(), names(needs)));
      graph = new DependencyGraph(edges);
    }
    return graph;
  }

  /** Tells of cycles that have not been told of, and of names that nobody has. */
  void review(Messages messages) {
    for (var cycle : graph().all()) {
      if (told.add(cycle)) {
        messages.warn(
            NativeText.printable(String.join(" -> ", cycle))
                + ": these wait for one another and are not started; remove one of the names from"
                + " its dependencies.d or waits-for.d");
      }
    }
    declared.forEach((service, needs) -> {
      for (String name : needs.hard()) {
        if (tree.named(name) == null && told.add(List.of(service.nativeName(), name))) {
          messages.warn(
              service.name()
                  + ": depends on "
                  + NativeText.printable(name)
                  + ", which does not exist; enable it, or remove dependencies.d/"
                  + NativeText.printable(name));
        }
      }
    });
    List.copyOf(declared.keySet()).forEach(service -> service.main().needArrived());
  }

  /** The services that cannot be without this one; those that wait for one another left out. */
  private List<ServiceRecord> hardDependents(ServiceRecord service) {
    var found = newSet();
    for (String name : service.names()) {
      for (var other : dependents.getOrDefault(name, Set.of())) {
        if (of(other).hard().contains(name) && graph().cycleOf(other.nativeName()).isEmpty()) {
          found.add(other);
        }
      }
    }
    return List.copyOf(found);
  }

  /** Whether something depends on the service, hard or soft. */
  boolean isNeeded(ServiceRecord service) {
    return service.names().stream()
        .anyMatch(name -> !dependents.getOrDefault(name, Set.of()).isEmpty());
  }

  /** Ends what cannot be without the service; true if all of it has ended. */
  boolean release(ServiceRecord service) {
    var others = hardDependents(service);
    for (var other : others) {
      if (holds(other)) {
        other.main().feed(new Event.NeedChanged());
      }
    }
    return others.stream().noneMatch(Dependencies::holds);
  }

  private static boolean holds(ServiceRecord dependent) {
    var phase = dependent.main().state().phase();
    return phase.isBusy() || phase instanceof Phase.Completed;
  }

  /** Asks what the service needs to start, as far as it is down. */
  void pull(ServiceRecord service) {
    for (String name : names(of(service))) {
      var other = tree.named(name);
      if (other != null
          && other.main().state().wanted() == Wanted.DOWN
          && graph().cycleOf(service.nativeName()).isEmpty()) {
        other.main().tell(Command.UP);
      }
    }
  }

  /**
   * To be called when a service is new: it may need others, and others may have waited for it. One
   * that an earlier daemon has known is not new, and what it needs is as it was left.
   */
  void opened(ServiceRecord service) {
    if (service.main().isResumed()) {
      moved(service);
      return;
    }
    if (service.main().state().wanted() == Wanted.UP) {
      pull(service);
    } else if (service.main().state().wanted() == Wanted.DOWN && isWaitedFor(service)) {
      service.main().tell(Command.UP);
    }
    moved(service);
  }

  private boolean isWaitedFor(ServiceRecord service) {
    return service.names().stream()
        .flatMap(name -> dependents.getOrDefault(name, Set.of()).stream())
        .anyMatch(other -> other.main().state().phase() instanceof Phase.Waiting);
  }

  /** To be called when a service has come up, gone down, or anything between. */
  void moved(ServiceRecord service) {
    if (dependents.isEmpty()) {
      return;
    }
    boolean lost = isLost(service);
    for (String name : service.names()) {
      for (var other : List.copyOf(dependents.getOrDefault(name, Set.of()))) {
        if (lost && of(other).hard().contains(name)) {
          other.needLost();
        }
        other.main().needArrived();
      }
    }
    for (String name : of(service).hard()) {
      var needed = tree.named(name);
      if (needed != null) {
        needed.goOnStopping();
      }
    }
  }

  private static boolean isLost(ServiceRecord service) {
    return switch (service.main().state().phase()) {
      case Phase.Down _, Phase.Waiting _, Phase.Incomplete _, Phase.Gone _ -> true;
      case Phase.Preparing _, Phase.Starting _, Phase.Running _, Phase.Completed _ -> false;
      case Phase.FinishStarting _, Phase.Finishing _, Phase.BackingOff _ -> false;
    };
  }
}
