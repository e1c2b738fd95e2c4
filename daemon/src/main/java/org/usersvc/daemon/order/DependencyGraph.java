package org.usersvc.daemon.order;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The dependencies by name; finds cycles. The work grows with the number of edges only, and the
 * stack not at all.
 */
final class DependencyGraph {
  private final Map<String, TreeSet<String>> edges = new TreeMap<>();
  private final Map<String, TreeSet<String>> knots = new TreeMap<>();

  /**
   * Looks for cycles.
   *
   * @param edges for each name those that it depends on, known or not
   */
  DependencyGraph(Map<String, ? extends Collection<String>> edges) {
    edges.forEach((name, needed) -> {
      var known = new TreeSet<>(needed);
      known.retainAll(edges.keySet());
      this.edges.put(name, known);
    });
    findKnots();
  }

  /** The shortest way from the name back to itself, both ends included; empty if there is none. */
  List<String> cycleOf(String name) {
    var knot = knots.get(name);
    return knot == null ? List.of() : wayBack(name, knot);
  }

  /** One cycle for each set of services that depend on one another. */
  Collection<List<String>> all() {
    var all = new ArrayList<List<String>>();
    knots.forEach((name, knot) -> {
      if (name.equals(knot.first())) {
        all.add(wayBack(name, knot));
      }
    });
    return all;
  }

  /** By Kosaraju's algorithm. */
  private void findKnots() {
    var against = reversed();
    var found = new HashSet<String>();
    for (String name : finished().reversed()) {
      var knot = new TreeSet<String>();
      var open = new ArrayDeque<>(List.of(name));
      while (!open.isEmpty()) {
        String next = open.remove();
        if (found.add(next)) {
          knot.add(next);
          open.addAll(against.getOrDefault(next, List.of()));
        }
      }
      if (knot.size() > 1 || neededBy(name).contains(name)) {
        knot.forEach(each -> knots.put(each, knot));
      }
    }
  }

  private Map<String, List<String>> reversed() {
    var reversed = new HashMap<String, List<String>>();
    edges.forEach((name, needed) ->
        needed.forEach(each -> reversed.computeIfAbsent(each, _ -> new ArrayList<>()).add(name)));
    return reversed;
  }

  /** All names, each after those that it leads to, except in cycles. */
  private List<String> finished() {
    var finished = new ArrayList<String>();
    var seen = new HashSet<String>();
    var names = new ArrayDeque<String>();
    var rests = new ArrayDeque<Iterator<String>>();
    for (String root : edges.keySet()) {
      for (@Nullable String next = root; next != null; next = next(rests, names, finished)) {
        if (seen.add(next)) {
          names.push(next);
          rests.push(neededBy(next).iterator());
        }
      }
    }
    return finished;
  }

  /** The next edge of the current path; finishes names that have no more edges. */
  private static @Nullable String next(
      ArrayDeque<Iterator<String>> rests, ArrayDeque<String> names, List<String> finished) {
    while (!rests.isEmpty()) {
      if (rests.element().hasNext()) {
        return rests.element().next();
      }
      rests.pop();
      finished.add(names.pop());
    }
    return null;
  }

  private Set<String> neededBy(String name) {
    return edges.getOrDefault(name, new TreeSet<>());
  }

  private List<String> wayBack(String name, Set<String> knot) {
    var cameFrom = new HashMap<String, String>();
    var queue = new ArrayDeque<>(List.of(name));
    while (!cameFrom.containsKey(name)) {
      String at = queue.remove();
      for (String next : neededBy(at)) {
        if (knot.contains(next) && cameFrom.putIfAbsent(next, at) == null) {
          queue.add(next);
        }
      }
    }
    return path(name, cameFrom);
  }

  private static List<String> path(String name, Map<String, String> cameFrom) {
    var path = new ArrayDeque<>(List.of(name));
    String at = cameFrom.get(name);
    while (at != null && !at.equals(name)) {
      path.addFirst(at);
      at = cameFrom.get(at);
    }
    path.addFirst(name);
    return List.copyOf(path);
  }
}
