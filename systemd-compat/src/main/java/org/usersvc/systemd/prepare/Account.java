package org.usersvc.systemd.prepare;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/**
 * The user whose units these are. Immutable.
 *
 * @param home an absolute path
 * @param shell an absolute path
 */
public record Account(String name, String home, String shell) {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** The account as the environment of the manager has it; the JVM knows name and home, too. */
  public static Account of(Environment manager) {
    return new Account(
        or(manager.value("USER"), System.getProperty("user.name", "")),
        or(manager.value("HOME"), System.getProperty("user.home", "/")),
        or(manager.value("SHELL"), "/bin/sh"));
  }

  private static String or(@Nullable String value, String other) {
    return value == null || value.isEmpty() ? other : value;
  }

  /** The environment with the variables of a login that it lacks. */
  Environment complete(Environment manager) {
    var missing = new LinkedHashMap<String, String>();
    var known =
        Map.of("HOME", home, "USER", name, "LOGNAME", name, "SHELL", shell, "PATH", DEFAULT_PATH);
    known.forEach((variable, value) -> {
      if (!manager.has(variable)) {
        missing.put(variable, value);
      }
    });
    return manager.with(missing);
  }
}
