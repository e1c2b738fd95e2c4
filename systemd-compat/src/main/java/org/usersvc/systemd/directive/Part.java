package org.usersvc.systemd.directive;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A group of directives, and what their values have made of the unit so far. */
public abstract class Part {
  private final Map<String, Consumer<Value>> directives = new HashMap<>();

  /** Adds a directive: {@code reader} is called with each of its values, in their order. */
  public final void on(String key, Consumer<Value> reader) {
    directives.put(key, reader);
  }

  /** The directives of this group. */
  public final Set<String> keys() {
    return directives.keySet();
  }

  /**
   * Reads a value.
   *
   * @return whether its directive belongs to this group
   */
  public final boolean take(Value value) {
    var reader = directives.get(value.key());
    if (reader == null) {
      return false;
    }
    reader.accept(value);
    return true;
  }
}
