package org.usersvc.daemon.supervise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who depends on whom, by name; finds those that depend on themselves. Pure and immutable. */
final class DependencyGraph {
  private final Map<String, List<String>> cycles = new TreeMap<>();

  /**
   * Looks for cycles.
   *
   * @param edges for each name those that it depends on, known or not
   */
  DependencyGraph(Map<String, ? extends Collection<String>> edges) {
    for (String name : knotted(edges)) {
      var cycle = cycleThrough(name, edges);
      if (!cycle.isEmpty()) {
        cycles.put(name, cycle);
      }
    }
  }

  /** The shortest way from the name back to itself, both ends included; empty if there is none. */
  List<String> cycleOf(String name) {
    return cycles.getOrDefault(name, List.of());
  }

  /** One cycle for each set of services that hold one another. */
  Collection<List<String>> all() {
    var told = new HashSet<Set<String>>();
    var all = new ArrayList<List<String>>();
    for (var cycle : cycles.values()) {
      if (told.add(new TreeSet<>(cycle))) {
        all.add(cycle);
      }
    }
    return all;
  }

  /** What is left when those are taken out, again and again, that depend on nobody who is left. */
  private static Set<String> knotted(Map<String, ? extends Collection<String>> edges) {
    var open = new HashMap<String, Integer>();
    var dependents = new HashMap<String, List<String>>();
    edges.forEach((name, needed) -> {
      int inside = 0;
      for (String other : needed) {
        if (edges.containsKey(other)) {
          dependents.computeIfAbsent(other, _ -> new ArrayList<>()).add(name);
          inside++;
        }
      }
      open.put(name, inside);
    });
    var free = new ArrayDeque<String>();
    open.forEach((name, count) -> {
      if (count == 0) {
        free.add(name);
      }
    });
    var left = new TreeSet<>(edges.keySet());
    while (!free.isEmpty()) {
      String name = free.remove();
      left.remove(name);
      for (String dependent : dependents.getOrDefault(name, List.of())) {
        if (open.merge(dependent, -1, Integer::sum) == 0) {
          free.add(dependent);
        }
      }
    }
    return left;
  }

  private static List<String> cycleThrough(
      String name, Map<String, ? extends Collection<String>> edges) {
    var cameFrom = new HashMap<String, String>();
    var queue = new ArrayDeque<>(List.of(name));
    while (!queue.isEmpty()) {
      String at = queue.remove();
      for (String next : new TreeSet<>(edges.containsKey(at) ? edges.get(at) : List.<String>of())) {
        if (cameFrom.putIfAbsent(next, at) == null) {
          queue.add(next);
        }
      }
      if (cameFrom.containsKey(name)) {
        return path(name, cameFrom);
      }
    }
    return List.of();
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
