package org.usersvc.systemd.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.load.SearchDirectory.Role;

/**
 * The directories in which a user's manager looks for units. Immutable.
 *
 * <p>Source: systemd.unit(5), "Unit File Load Path", table 2.
 *
 * @param directories the first one has the highest priority
 * @param config the user's directory; what is enabled for good goes there
 * @param runtime the directory to which goes what is enabled until the last logout
 */
public record UnitPath(List<SearchDirectory> directories, String config, String runtime) {
  private static final String USER = "/systemd/user";

  public UnitPath {
    directories = List.copyOf(directories);
  }

  /**
   * The path of a user.
   *
   * @param variables the environment; {@code HOME} and {@code XDG_RUNTIME_DIR} are needed
   * @param shipped the directory of usersvc's own units, which is always last; null for none
   */
  public static UnitPath of(Map<String, String> variables, @Nullable String shipped) {
    var standard = new Standard(variables);
    var found = new LinkedHashMap<String, SearchDirectory>();
    String given = variables.getOrDefault("SYSTEMD_UNIT_PATH", "");
    for (String path : split(given)) {
      add(found, standard.roles.getOrDefault(path, Role.VENDOR), path);
    }
    if (given.isEmpty() || given.endsWith(":")) {
      standard.roles.forEach((path, role) -> add(found, role, path));
    }
    if (shipped != null) {
      add(found, Role.VENDOR, shipped);
    }
    return new UnitPath(
        List.copyOf(found.values()), standard.configHome + USER, standard.runtime + USER);
  }

  /**
   * The user's directory alone: {@link #config} of the path of a user.
   *
   * @param variables the environment; {@code HOME} is needed
   */
  public static String config(Map<String, String> variables) {
    return configHome(variables) + USER;
  }

  private static String configHome(Map<String, String> variables) {
    return first(variables, "XDG_CONFIG_HOME", variables.getOrDefault("HOME", "/") + "/.config");
  }

  private static String first(Map<String, String> variables, String name, String otherwise) {
    return all(variables, name, otherwise).getFirst();
  }

  /** The absolute paths in a variable, or else in the text. */
  private static List<String> all(Map<String, String> variables, String name, String otherwise) {
    var paths = split(variables.getOrDefault(name, ""));
    return paths.isEmpty() ? List.of(otherwise.split(":")) : paths;
  }

  /** The directory of usersvc's own units, as the launcher of the daemon says; null if unknown. */
  public static @Nullable String shipped() {
    String share = System.getProperty("usersvc.share");
    return share == null ? null : AbsolutePath.normal(share + "/units");
  }

  private static void add(Map<String, SearchDirectory> found, Role role, String path) {
    found.putIfAbsent(path, new SearchDirectory(path, role));
  }

  private static List<String> split(String paths) {
    var absolute = new ArrayList<String>();
    for (String path : paths.split(":", -1)) {
      if (path.startsWith("/")) {
        absolute.add(AbsolutePath.normal(path));
      }
    }
    return absolute;
  }

  /** The directory for units that are made over D-Bus. */
  public String transientUnits() {
    return beside(runtime, "transient");
  }

  /** The directory for settings made over D-Bus, for good or until the last logout. */
  public String control(boolean isRuntime) {
    return beside(isRuntime ? runtime : config, "user.control");
  }

  private static String beside(String directory, String name) {
    return AbsolutePath.parent(directory) + "/" + name;
  }

  /** The paths without {@code SYSTEMD_UNIT_PATH}, in order, with their roles. */
  private static final class Standard {
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final String configHome;
    private final String runtime;

    Standard(Map<String, String> variables) {
      String home = variables.getOrDefault("HOME", "/");
      configHome = configHome(variables);
      runtime = first(variables, "XDG_RUNTIME_DIR", "/run/user");
      put(Role.CONTROL, configHome + "/systemd/user.control");
      put(Role.RUNTIME_CONTROL, runtime + "/systemd/user.control");
      put(Role.TRANSIENT, runtime + "/systemd/transient");
      put(Role.GENERATED, runtime + "/systemd/generator.early");
      put(Role.CONFIG, configHome + USER);
      all(variables, "XDG_CONFIG_DIRS", "/etc/xdg")
          .forEach(path -> put(Role.SHARED_CONFIG, path + USER));
      put(Role.SHARED_CONFIG, "/etc" + USER);
      put(Role.RUNTIME, runtime + USER);
      put(Role.SHARED_RUNTIME, "/run" + USER);
      put(Role.GENERATED, runtime + "/systemd/generator");
      put(Role.VENDOR, first(variables, "XDG_DATA_HOME", home + "/.local/share") + USER);
      all(variables, "XDG_DATA_DIRS", "/usr/local/share:/usr/share")
          .forEach(path -> put(Role.VENDOR, path + USER));
      for (String path :
          List.of("/usr/local/lib", "/usr/local/share", "/usr/lib", "/usr/share", "/lib")) {
        put(Role.VENDOR, path + USER);
      }
      put(Role.GENERATED, runtime + "/systemd/generator.late");
    }

    private void put(Role role, String path) {
      roles.putIfAbsent(path, role);
    }
  }
}
