package org.usersvc.systemd.read;

import java.util.Map;
import java.util.Optional;
import org.usersvc.systemd.syntax.Specifiers;

/**
 * The specifiers that follow from a user's environment: directories, name, shell. Immutable.
 *
 * <p>Source: systemd.unit(5), "Specifiers".
 *
 * @param variables the environment; {@code HOME} and {@code XDG_RUNTIME_DIR} are needed
 */
public record UserSpecifiers(Map<String, String> variables) implements Specifiers.Source {
  public UserSpecifiers {
    variables = Map.copyOf(variables);
  }

  @Override
  public Optional<String> value(char letter) {
    return switch (letter) {
      case 'h' -> variable("HOME");
      case 't' -> variable("XDG_RUNTIME_DIR");
      case 'u' -> variable("USER").or(() -> variable("LOGNAME"));
      case 's' -> variable("SHELL");
      case 'S' -> below("XDG_STATE_HOME", "/.local/state");
      case 'L' -> below("XDG_STATE_HOME", "/.local/state").map(state -> state + "/log");
      case 'C' -> below("XDG_CACHE_HOME", "/.cache");
      case 'E' -> below("XDG_CONFIG_HOME", "/.config");
      case 'D' -> below("XDG_DATA_HOME", "/.local/share");
      case 'T' -> temporary("/tmp");
      case 'V' -> temporary("/var/tmp");
      default -> Optional.empty();
    };
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  private Optional<String> below(String name, String otherwise) {
    return absolute(name).or(() -> variable("HOME").map(home -> home + otherwise));
  }

  private Optional<String> temporary(String otherwise) {
    return absolute("TMPDIR")
        .or(() -> absolute("TEMP"))
        .or(() -> absolute("TMP"))
        .or(() -> Optional.of(otherwise));
  }

  private Optional<String> absolute(String name) {
    return variable(name).filter(path -> path.startsWith("/"));
  }
}
