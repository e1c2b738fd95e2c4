package org.usersvc.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Classes of one package that cannot be understood one after the other. A knot is a set of classes
 * each of which depends on every other, directly or not; nested classes count to their outer one.
 */
final class KnotsTest {
  /** So many classes that go together may know each other. */
  private static final int MOST = 3;

  @Test
  void noKnotIsLarge() {
    var knots = new TreeMap<String, Set<String>>();
    for (String name : ArchitectureTest.packages()) {
      var largest = largestKnot(name);
      if (largest.size() > MOST) {
        knots.put(name, largest);
      }
    }
    assertThat(knots).isEmpty();
  }

  private static Set<String> largestKnot(String packageName) {
    var reachable = new TreeMap<String, Set<String>>();
    var uses = uses(packageName);
    uses.keySet().forEach(type -> reachable.put(type, reachable(type, uses)));
    Set<String> largest = Set.of();
    for (var from : reachable.entrySet()) {
      var knot = new TreeSet<>(from.getValue());
      knot.removeIf(other -> !reachable.getOrDefault(other, Set.of()).contains(from.getKey()));
      largest = knot.size() > largest.size() ? knot : largest;
    }
    return largest;
  }

  private static Set<String> reachable(String from, Map<String, Set<String>> uses) {
    var reached = new HashSet<String>();
    var next = new TreeSet<>(uses.get(from));
    while (!next.isEmpty()) {
      String type = next.removeFirst();
      if (reached.add(type)) {
        next.addAll(uses.getOrDefault(type, Set.of()));
      }
    }
    return reached;
  }

  /** The classes of a package, and which others of it each uses. */
  private static Map<String, Set<String>> uses(String packageName) {
    var uses = new TreeMap<String, Set<String>>();
    ArchitectureTest.classesOf(packageName)
        .forEach(type -> {
          var used = uses.computeIfAbsent(outermost(type), _ -> new TreeSet<>());
          type.getDirectDependenciesFromSelf().stream()
              .map(dependency -> dependency.getTargetClass())
              .filter(target -> target.getPackage().equals(type.getPackage()))
              .map(KnotsTest::outermost)
              .filter(target -> !target.equals(outermost(type)))
              .forEach(used::add);
        });
    return uses;
  }

  private static String outermost(JavaClass type) {
    var outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer.getSimpleName();
  }
}
