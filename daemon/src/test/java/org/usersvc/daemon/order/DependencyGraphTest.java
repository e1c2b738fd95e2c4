package org.usersvc.daemon.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class DependencyGraphTest {
  /** Looks at every way of that many edges. */
  private static int shortestWayBack(String name, Map<String, Set<String>> edges) {
    Set<String> at = Set.of(name);
    for (int length = 1; length <= edges.size(); length++) {
      var next = new HashSet<String>();
      at.forEach(each -> next.addAll(edges.getOrDefault(each, Set.of())));
      if (next.contains(name)) {
        return length;
      }
      at = next;
    }
    return 0;
  }

  private static Map<String, Set<String>> random(Random random) {
    int count = 1 + random.nextInt(9);
    var edges = new TreeMap<String, Set<String>>();
    for (int i = 0; i < count; i++) {
      var needed = new TreeSet<String>();
      while (random.nextInt(3) > 0) {
        needed.add("s" + random.nextInt(count + 1)); // the last is of nobody
      }
      edges.put("s" + i, needed);
    }
    return edges;
  }

  private static boolean reaches(String from, String to, Map<String, Set<String>> edges) {
    var seen = new HashSet<String>();
    var open = new ArrayList<>(edges.get(from));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (seen.add(next)) {
        open.addAll(edges.getOrDefault(next, Set.of()));
      }
    }
    return seen.contains(to);
  }

  @Test
  void findsTheShortestWayBackOfEachThatHasOne() {
    for (int seed = 0; seed < 3000; seed++) {
      var edges = random(new Random(seed));
      var graph = new DependencyGraph(edges);
      for (String name : edges.keySet()) {
        var cycle = graph.cycleOf(name);
        int length = shortestWayBack(name, edges);
        assertThat(cycle).as("%s in %s", name, edges).hasSize(length == 0 ? 0 : length + 1);
        for (int i = 1; i < cycle.size(); i++) {
          assertThat(edges.get(cycle.get(i - 1))).contains(cycle.get(i));
        }
        if (length > 0) {
          assertThat(cycle.getFirst()).isEqualTo(name).isEqualTo(cycle.getLast());
        }
      }
      assertThat(graph.cycleOf("nobody")).isEmpty();
    }
  }

  @Test
  void tellsOfEachKnotOnce() {
    for (int seed = 0; seed < 1000; seed++) {
      var edges = random(new Random(seed));
      var knots = new HashSet<Set<String>>();
      for (String name : edges.keySet()) {
        var knot = new TreeSet<>(edges.keySet());
        knot.removeIf(other -> !reaches(name, other, edges) || !reaches(other, name, edges));
        if (!knot.isEmpty()) {
          knots.add(knot);
        }
      }
      var told = new DependencyGraph(edges).all();
      assertThat(told).as("%s", edges).hasSameSizeAs(knots);
      for (var cycle : told) {
        assertThat(knots.removeIf(knot -> knot.containsAll(cycle))).isTrue();
      }
    }
  }

  @Test
  void longChainsAndWheelsNeedNoStack() {
    var edges = new TreeMap<String, Set<String>>();
    for (int i = 0; i < 10_000; i++) {
      edges.put("s" + i, Set.of("s" + (i + 1)));
    }
    assertThat(new DependencyGraph(edges).all()).isEmpty();
    edges.put("s10000", Set.of("s0"));
    var graph = new DependencyGraph(edges);
    assertThat(graph.all()).hasSize(1);
    assertThat(graph.cycleOf("s5")).hasSize(10_002);
  }

  @Test
  void whatOnlyLeadsIntoACycleIsNotPartOfIt() {
    var graph = new DependencyGraph(Map.of("a", Set.of("b"), "b", Set.of("b"), "c", List.of()));
    assertThat(graph.cycleOf("a")).isEmpty();
    assertThat(graph.cycleOf("b")).containsExactly("b", "b");
  }
}
