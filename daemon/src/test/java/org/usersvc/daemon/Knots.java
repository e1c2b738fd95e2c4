package org.usersvc.daemon;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Classes of one package that cannot be understood one after the other. A knot is a set of classes
 * each of which depends on every other, directly or not; nested classes count to their outer one.
 */
public final class Knots {
  private Knots() {}

  /** The largest knot of each package in which one has more than so many classes. */
  public static Map<String, Set<String>> largerThan(int most, PackageTable table) {
    var knots = new TreeMap<String, Set<String>>();
    for (String name : table.packages()) {
      var largest = largestKnot(uses(table, name));
      if (largest.size() > most) {
        knots.put(name, largest);
      }
    }
    return knots;
  }

  private static Set<String> largestKnot(Map<String, Set<String>> uses) {
    var reachable = new TreeMap<String, Set<String>>();
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
  private static Map<String, Set<String>> uses(PackageTable table, String packageName) {
    var uses = new TreeMap<String, Set<String>>();
    table
        .classesOf(packageName)
        .forEach(type -> {
          var used = uses.computeIfAbsent(outermost(type), _ -> new TreeSet<>());
          type.getDirectDependenciesFromSelf().stream()
              .map(dependency -> dependency.getTargetClass())
              .filter(target -> target.getPackage().equals(type.getPackage()))
              .map(Knots::outermost)
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
