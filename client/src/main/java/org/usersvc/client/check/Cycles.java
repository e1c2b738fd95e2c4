package org.usersvc.client.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Circles of services that need each other. Pure. */
public final class Cycles {
  private Cycles() {}

  /**
   * The shortest way from a service back to itself.
   *
   * @param needs by service, the names that it needs
   * @return {@code a -> b -> a}; empty if there is none
   */
  public static String through(String service, Map<String, Set<String>> needs) {
    Set<String> seen = new HashSet<>();
    List<List<String>> ways = new ArrayList<>(List.of(List.of(service)));
    for (int i = 0; i < ways.size(); i++) {
      List<String> way = ways.get(i);
      for (String next : needs.getOrDefault(way.getLast(), Set.of())) {
        if (next.equals(service)) {
          return String.join(" -> ", way) + " -> " + service;
        }
        if (seen.add(next)) {
          List<String> longer = new ArrayList<>(way);
          longer.add(next);
          ways.add(longer);
        }
      }
    }
    return "";
  }
}
