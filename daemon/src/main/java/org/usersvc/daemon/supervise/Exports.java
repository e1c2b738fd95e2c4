package org.usersvc.daemon.supervise;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/**
 * The variables that services bring while they are up ({@code exports}). Of several values of one
 * name that of the last service counts, by their names. <b>Loop thread only.</b>
 */
public final class Exports {
  /** The bound of all of them together, in the unit of Environment.sizeOf. */
  private static final int MOST = 1024 * 1024;

  private final Map<Named, Map<String, String>> brought = new HashMap<>();
  private Runnable onChange = () -> {};

  /** Sets the action to run after every change. */
  public void onChange(Runnable action) {
    onChange = action;
  }

  /** Names and values. */
  public Map<String, String> variables() {
    var all = new LinkedHashMap<String, String>();
    inOrder().forEach(service -> all.putAll(brought(service)));
    return all;
  }

  /** The name of the service whose value of the variable counts, null if none brings it. */
  public @Nullable String exporter(String name) {
    return inOrder().reversed().stream()
        .filter(service -> brought(service).containsKey(name))
        .map(Named::name)
        .findFirst()
        .orElse(null);
  }

  /** Whether these fit beside those of all other services. */
  boolean fits(Named service, Map<String, String> variables) {
    int all = Environment.sizeOf(variables) - Environment.sizeOf(brought(service));
    for (var each : brought.values()) {
      all += Environment.sizeOf(each);
    }
    return all <= MOST;
  }

  /** Replaces what a service brings. */
  void become(Named service, Map<String, String> variables) {
    if (variables.equals(brought(service))) {
      return;
    }
    if (variables.isEmpty()) {
      brought.remove(service);
    } else {
      brought.put(service, variables);
    }
    onChange.run();
  }

  private Map<String, String> brought(Named service) {
    return brought.getOrDefault(service, Map.of());
  }

  private List<Named> inOrder() {
    return brought.keySet().stream().sorted(Comparator.comparing(Named::name)).toList();
  }
}
