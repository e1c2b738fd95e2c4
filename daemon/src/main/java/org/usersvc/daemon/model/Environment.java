package org.usersvc.daemon.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The environment of a process: names and values as native text, in order. Immutable. */
public final class Environment {
  public static final Environment EMPTY = new Environment(new LinkedHashMap<>());

  /**
   * The variable that marks processes of services (usersvcd(8)). It is never taken over from a
   * process: each one has its own.
   */
  public static final String MARK = "USERSVC_SERVICE";

  /** The prefix of variables that the launcher hides from the JVM. */
  private static final String HIDDEN = "USERSVC_SAVED_";

  /** Every started process gets a copy of the list. */
  private static final int EACH = 512;

  /** Null until it is read: the environments of most adopted processes never are. */
  private @Nullable Map<String, String> variables;

  private final byte[] block;

  private Environment(Map<String, String> variables) {
    this.variables = Collections.unmodifiableMap(variables);
    this.block = new byte[0];
  }

  private Environment(byte[] block) {
    this.block = block;
  }

  public static Environment of(Map<String, String> variables) {
    return new Environment(new LinkedHashMap<>(variables));
  }

  /** Parses the content of {@code /proc/PID/environ}; of two values for a name the first counts. */
  public static Environment parse(byte[] block) {
    return new Environment(block);
  }

  private static Map<String, String> read(byte[] block) {
    var variables = new LinkedHashMap<String, String>();
    for (String variable : NativeText.decodeEach(block)) {
      String own = variable.startsWith(HIDDEN) ? variable.substring(HIDDEN.length()) : variable;
      int equals = own.indexOf('=');
      if (equals > 0 && !own.startsWith(MARK + "=")) {
        variables.putIfAbsent(own.substring(0, equals), own.substring(equals + 1));
      }
    }
    return Collections.unmodifiableMap(variables);
  }

  /** Whether a variable of this name can be registered or set. */
  public static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isInName(name.charAt(i), i)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Whether a name can have that character at that place. */
  public static boolean isInName(char c, int at) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return letter || (at > 0 && c >= '0' && c <= '9');
  }

  /** The size of variables in bytes: their texts, and the overhead of each. */
  public static int sizeOf(Map<String, ? extends @Nullable String> variables) {
    int size = 0;
    for (var variable : variables.entrySet()) {
      String value = variable.getValue();
      size += EACH + variable.getKey().length() + (value == null ? 0 : value.length());
    }
    return size;
  }

  /** The value of a variable, null if it is not set. */
  public @Nullable String value(String name) {
    return variables().get(name);
  }

  /** Whether it has a nonempty value for the variable. */
  public boolean has(String name) {
    String value = value(name);
    return value != null && !value.isEmpty();
  }

  public Map<String, String> variables() {
    var known = variables;
    if (known == null) {
      known = read(block);
      variables = known;
    }
    return known;
  }

  /** The same with these variables set; a null value removes the variable. */
  public Environment with(Map<String, ? extends @Nullable String> changes) {
    if (changes.isEmpty()) {
      return this;
    }
    var next = new LinkedHashMap<>(variables());
    changes.forEach((name, value) -> {
      if (value == null) {
        next.remove(name);
      } else {
        next.put(name, value);
      }
    });
    return new Environment(next);
  }

  /** The same without these variables. */
  public Environment without(Collection<String> names) {
    var next = new LinkedHashMap<>(variables());
    return next.keySet().removeAll(names) ? new Environment(next) : this;
  }

  /** The nonempty ones of these variables, in the given order. */
  public Map<String, String> filled(Collection<String> names) {
    var filled = new LinkedHashMap<String, String>();
    for (String name : names) {
      String value = value(name);
      if (value != null && !value.isEmpty()) {
        filled.put(name, value);
      }
    }
    return filled;
  }

  /** The names whose value differs between this and the other, or which only one of them has. */
  public Set<String> differences(Environment other) {
    var names = new TreeSet<String>();
    variables()
        .forEach((name, value) -> {
          if (!value.equals(other.value(name))) {
            names.add(name);
          }
        });
    other.variables().keySet().stream().filter(name -> value(name) == null).forEach(names::add);
    return names;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Environment that && variables().equals(that.variables()));
  }

  @Override
  public int hashCode() {
    return variables().hashCode();
  }

  @Override
  public String toString() {
    return variables().keySet().toString();
  }
}
