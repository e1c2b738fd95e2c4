package org.usersvc.daemon.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ServiceId;

/**
 * Maps names in the scan directory to service directories; only this class knows it. Names are
 * native text. <b>Loop thread only.</b>
 */
public final class ScanNames {
  private final TreeMap<String, ServiceId> ids = new TreeMap<>();
  private final Map<ServiceId, List<String>> names = new HashMap<>();

  /** The directory to which the name led at the last look, null if there is none. */
  public @Nullable ServiceId idOf(String name) {
    return ids.get(name);
  }

  /** The names of the directory, in order. */
  public List<String> of(ServiceId id) {
    return names.getOrDefault(id, List.of());
  }

  /** All, in order; a live view. */
  public Set<String> all() {
    return Collections.unmodifiableSet(ids.keySet());
  }

  void put(String name, ServiceId id) {
    var before = ids.put(name, id);
    if (before != null) {
      forget(name, before);
    }
    var all = new ArrayList<>(of(id));
    all.add(name);
    Collections.sort(all);
    names.put(id, List.copyOf(all));
  }

  /** The name does not lead to that directory any more; it may lead to another one. */
  void remove(String name, ServiceId id) {
    if (ids.remove(name, id)) {
      forget(name, id);
    }
  }

  private void forget(String name, ServiceId id) {
    var rest = of(id).stream().filter(other -> !other.equals(name)).toList();
    if (rest.isEmpty()) {
      names.remove(id);
    } else {
      names.put(id, rest);
    }
  }
}
