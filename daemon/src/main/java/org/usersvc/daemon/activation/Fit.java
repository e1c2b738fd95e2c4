package org.usersvc.daemon.activation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.environment.OfOneService;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/**
 * Variables, sorted into those that fit into a process's environment and those that do not.
 *
 * @param variables in the order in which they were given
 * @param refusals what is wrong with each of the others
 */
public record Fit(Map<String, String> variables, List<Outcome> refusals) {
  /** The longest NAME=VALUE with its NUL that the kernel gives to a process (MAX_ARG_STRLEN). */
  private static final int MOST = 128 * 1024;

  /** Sorts variables. */
  public static Fit of(Map<String, String> all) {
    var variables = new LinkedHashMap<String, String>();
    var refusals = new ArrayList<Outcome>();
    all.forEach((name, value) -> {
      var refusal = refusal(name, value);
      if (refusal == null) {
        variables.put(name, value);
      } else {
        refusals.add(refusal);
      }
    });
    return new Fit(variables, refusals);
  }

  /** Sorts the variables of another process; those {@link OfOneService} are in neither part. */
  public static Fit ofAnother(Map<String, String> all) {
    var shared = new LinkedHashMap<>(all);
    shared.keySet().removeAll(OfOneService.NAMES);
    return of(shared);
  }

  /** What is wrong with the first variable that does not fit, null if all fit. */
  static @Nullable Outcome flaw(Map<String, String> variables) {
    for (var variable : variables.entrySet()) {
      var refusal = refusal(variable.getKey(), variable.getValue());
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static @Nullable Outcome refusal(String name, String value) {
    if (!Environment.isName(name)) {
      return new Outcome.InvalidName(name);
    }
    if (name.length() + NativeText.encode(value).length + 2 > MOST) {
      return new Outcome.InvalidValue(
          name, "is longer than 128 KiB, which no process can be given");
    }
    return value.indexOf('\0') < 0 ? null : new Outcome.InvalidValue(name, "has a NUL byte");
  }

  /** Whether there are variables, and none fits. */
  public boolean refusesAll() {
    return variables.isEmpty() && !refusals.isEmpty();
  }

  /** What is wrong with each of the others, as lines for the user. */
  public List<String> complaints() {
    return refusals.stream()
        .map(refusal -> NativeText.printable(refusal.describe()) + ", leaving it out")
        .toList();
  }
}
