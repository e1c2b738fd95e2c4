package org.usersvc.daemon.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.wire.Call;

/**
 * The tree of all objects by path. A family's objects are made on request, so that many services do
 * not need many objects. <b>Loop thread only.</b>
 */
public final class ObjectTree {
  /** The objects below one path, each found by the last element of its path. */
  public interface Family {
    /** The interfaces of an object, null if there is no such object. */
    @Nullable List<Served> find(String element);

    /**
     * Finds the object that a call is for, if that depends on the caller.
     *
     * @param taker called once, now or later, with what {@link #find} returns
     */
    default void find(String element, Call call, Consumer<@Nullable List<Served>> taker) {
      taker.accept(find(element));
    }

    /** The last elements of all objects. */
    Collection<String> elements();
  }

  private final Map<String, List<Served>> single = new TreeMap<>(Map.of("/", List.of()));
  private final Map<String, Family> families = new LinkedHashMap<>();
  private final Set<String> managers = new HashSet<>();

  /** Puts an object at a path. */
  public void put(String path, List<Served> interfaces) {
    putWay(path);
    single.put(path, List.copyOf(interfaces));
  }

  /** Puts objects below a path. */
  public void put(String path, Family family) {
    putWay(path);
    families.put(path, family);
  }

  /** Makes the object at the path list all objects below it (ObjectManager). */
  public void manage(String path) {
    managers.add(path);
  }

  private void putWay(String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      single.putIfAbsent(path.substring(0, end), List.of());
    }
  }

  boolean isManager(String path) {
    return managers.contains(path);
  }

  /**
   * The interfaces of the object at a path, without those that every object has.
   *
   * @return null if there is no such path; empty if the path only leads to objects
   */
  @Nullable List<Served> find(String path) {
    var found = single.get(path);
    var family = found == null ? family(path) : null;
    return family == null ? found : family.find(element(path));
  }

  /**
   * The interfaces of the object that a call is for, as {@link #find(String)} returns them.
   *
   * @param taker called once, now or later
   */
  void find(Call call, Consumer<@Nullable List<Served>> taker) {
    var found = single.get(call.path());
    var family = found == null ? family(call.path()) : null;
    if (family == null) {
      taker.accept(found);
    } else {
      family.find(element(call.path()), call, taker);
    }
  }

  private @Nullable Family family(String path) {
    int last = path.lastIndexOf('/');
    return last <= 0 ? null : families.get(path.substring(0, last));
  }

  private static String element(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The next elements below a path. */
  Collection<String> children(String path) {
    String prefix = path.equals("/") ? path : path + "/";
    var children = new TreeSet<String>();
    for (String other : single.keySet()) {
      if (other.length() > prefix.length() && other.startsWith(prefix)) {
        int end = other.indexOf('/', prefix.length());
        children.add(other.substring(prefix.length(), end < 0 ? other.length() : end));
      }
    }
    var family = families.get(path);
    if (family != null) {
      children.addAll(family.elements());
    }
    return children;
  }

  /** The paths of all objects below a path. */
  List<String> below(String path) {
    var paths = new ArrayList<String>();
    single.forEach((other, interfaces) -> {
      if (other.startsWith(path + "/") && !interfaces.isEmpty()) {
        paths.add(other);
      }
    });
    BiConsumer<String, Family> add =
        (other, family) -> family.elements().forEach(element -> paths.add(other + "/" + element));
    families.forEach((other, family) -> {
      if (other.startsWith(path + "/")) {
        add.accept(other, family);
      }
    });
    return paths;
  }
}
