package org.usersvc.daemon.supervise;

import java.util.Set;
import java.util.TreeSet;

/** The names that the scan directory has for one service, as native text. */
final class ServiceNames {
  private final TreeSet<String> names = new TreeSet<>();
  private String last;

  ServiceNames(String first) {
    last = first;
    names.add(first);
  }

  /** The first of them, or the last that there was. */
  String first() {
    return names.isEmpty() ? last : names.first();
  }

  Set<String> all() {
    return Set.copyOf(names);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** Adds one; true if the first is another now. */
  boolean add(String name) {
    String before = first();
    names.add(name);
    return !first().equals(before);
  }

  /** Removes one; true if the first is another now. */
  boolean remove(String name) {
    String before = first();
    last = name;
    names.remove(name);
    return !first().equals(before);
  }
}
