package org.usersvc.daemon.environment;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The changes by hand: each counts until a session registers the same name anew. */
public final class ByHand {
  private final Map<String, @Nullable String> changes = new LinkedHashMap<>();

  public void set(Map<String, String> variables) {
    changes.putAll(variables);
  }

  /** Unsets the name, whatever the source of its value. */
  public void unset(String name) {
    changes.put(name, null);
  }

  /** Drops the change of a name. */
  public void forget(String name) {
    changes.remove(name);
  }

  /** The changes of these names. */
  public Map<String, @Nullable String> of(Collection<String> names) {
    var some = new LinkedHashMap<String, @Nullable String>();
    for (String name : names) {
      if (changes.containsKey(name)) {
        some.put(name, changes.get(name));
      }
    }
    return some;
  }

  /** Names and values, null for an unset variable. */
  public Map<String, @Nullable String> changes() {
    return Collections.unmodifiableMap(changes);
  }
}
