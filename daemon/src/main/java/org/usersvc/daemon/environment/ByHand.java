package org.usersvc.daemon.environment;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was set and unset by command; it counts until a session brings the same name anew. */
public final class ByHand {
  private final Map<String, @Nullable String> changes = new LinkedHashMap<>();

  public void set(Map<String, String> variables) {
    changes.putAll(variables);
  }

  /** The name is not to be set, wherever a value for it may come from. */
  public void unset(String name) {
    changes.put(name, null);
  }

  /** Somebody else has the last word on the name now. */
  public void forget(String name) {
    changes.remove(name);
  }

  /** What is set and unset of these. */
  public Map<String, @Nullable String> of(Collection<String> names) {
    var some = new LinkedHashMap<String, @Nullable String>();
    for (String name : names) {
      if (changes.containsKey(name)) {
        some.put(name, changes.get(name));
      }
    }
    return some;
  }

  /** Names and values, null for what is unset. */
  public Map<String, @Nullable String> changes() {
    return Collections.unmodifiableMap(changes);
  }
}
