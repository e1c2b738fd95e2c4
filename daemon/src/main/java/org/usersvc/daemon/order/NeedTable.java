package org.usersvc.daemon.order;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.servicedir.Definition.Needs;

/** The needs of all services, looked up from both ends. <b>Loop thread only.</b> */
final class NeedTable {

  private final Map<Node, Needs> declared = new LinkedHashMap<>();
  private final Map<String, Set<Node>> dependents = new HashMap<>();
  private final Tree tree;

  /** Services whose needs, direct and indirect, are all open: no cycle can be missed. */
  private final Set<Node> complete = new HashSet<>();

  private @Nullable DependencyGraph graph;

  NeedTable(Tree tree) {
    this.tree = tree;
  }

  /** Whether no service has ever had a need. */
  boolean isEmpty() {
    return dependents.isEmpty();
  }

  Needs of(Node service) {
    return declared.getOrDefault(service, Needs.NONE);
  }

  /** The names in both kinds of needs. */
  static Set<String> names(Needs needs) {
    var names = new TreeSet<>(needs.hard());
    names.addAll(needs.soft());
    return names;
  }

  /** The services with needs. */
  Set<Node> declarers() {
    return declared.keySet();
  }

  void put(Node service, Needs needs) {
    if (complete.contains(service)) {
      complete.clear();
    }
    remove(service);
    if (!needs.isEmpty()) {
      declared.put(service, needs);
      for (String name : names(needs)) {
        dependents.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(service);
      }
    }
    if (graph != null && reachesItself(service)) {
      graph = null;
    }
  }

  void remove(Node service) {
    complete.remove(service);
    var before = declared.remove(service);
    if (before != null) {
      names(before).forEach(name -> dependents.getOrDefault(name, new HashSet<>()).remove(service));
    }
    if (graph != null && !graph.cycleOf(service.nativeName()).isEmpty()) {
      graph = null;
    }
  }

  /** A name leads elsewhere than before. */
  void renamed() {
    graph = null;
    complete.clear();
  }

  /** A direct or indirect need that is not open yet; null if there is none. */
  @Nullable String unopened(Node service) {
    var seen = new LinkedHashSet<Node>();
    var open = new ArrayDeque<>(List.of(service));
    while (!open.isEmpty()) {
      var next = open.remove();
      if (complete.contains(next) || !seen.add(next)) {
        continue;
      }
      for (String name : names(of(next))) {
        var other = tree.named(name);
        if (other != null) {
          open.add(other);
        } else if (tree.isExpected(name)) {
          return name;
        }
      }
    }
    complete.addAll(seen);
    return null;
  }

  private boolean reachesItself(Node service) {
    var seen = new HashSet<Node>();
    var open = new ArrayDeque<>(names(of(service)));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (service.names().contains(name)) {
        return true;
      }
      var next = tree.named(name);
      if (next != null && seen.add(next)) {
        open.addAll(names(of(next)));
      }
    }
    return false;
  }

  /** The services that need the name, hard or soft. */
  List<Node> dependentsOn(String name) {
    return List.copyOf(dependents.getOrDefault(name, Set.of()));
  }

  /** The services that need the service, hard or soft. */
  Collection<Node> dependentsOn(Node service) {
    var found = new LinkedHashSet<Node>();
    namesOf(service).forEach(name -> found.addAll(dependents.getOrDefault(name, Set.of())));
    return found;
  }

  /** The services that cannot be without the service, without those in cycles. */
  Collection<Node> hardDependentsOn(Node service) {
    if (isEmpty()) {
      return List.of();
    }
    var found = dependentsOn(service);
    found.removeIf(other -> !needsHard(other, service) || !cycleOf(other).isEmpty());
    return found;
  }

  private boolean needsHard(Node other, Node service) {
    var hard = of(other).hard();
    return namesOf(service).stream().anyMatch(hard::contains);
  }

  /** The names by which others may depend on it; after the last has gone, that one. */
  static Set<String> namesOf(Node service) {
    return service.names().isEmpty() ? Set.of(service.nativeName()) : service.names();
  }

  /** The way from the service back to itself, empty if there is none. */
  List<String> cycleOf(Node service) {
    return graph().cycleOf(service.nativeName());
  }

  /** One cycle for each set of services that depend on one another. */
  Collection<List<String>> cycles() {
    return graph().all();
  }

  private DependencyGraph graph() {
    if (graph == null) {
      var edges = new HashMap<String, Set<String>>();
      declared.forEach((service, needs) -> edges.put(service.nativeName(), resolved(needs)));
      graph = new DependencyGraph(edges);
    }
    return graph;
  }

  /** The needed names, with names of the same service made one. */
  private Set<String> resolved(Needs needs) {
    var resolved = new TreeSet<String>();
    for (String name : names(needs)) {
      var other = tree.named(name);
      resolved.add(other == null ? name : other.nativeName());
    }
    return resolved;
  }
}
