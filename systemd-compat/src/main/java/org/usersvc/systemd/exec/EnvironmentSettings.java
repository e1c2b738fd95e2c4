package org.usersvc.systemd.exec;

import java.util.List;

/**
 * The variables of a unit's processes beside those of the manager. Immutable.
 *
 * @param assignments {@code Environment=}: texts {@code NAME=VALUE} in order; later ones win
 * @param files {@code EnvironmentFile=}, read at each start; they win over the assignments
 * @param passed {@code PassEnvironment=}: names
 * @param unset {@code UnsetEnvironment=}: names and texts {@code NAME=VALUE}; they win over all
 */
public record EnvironmentSettings(
    List<String> assignments, List<File> files, List<String> passed, List<String> unset) {
  public static final EnvironmentSettings NONE =
      new EnvironmentSettings(List.of(), List.of(), List.of(), List.of());

  public EnvironmentSettings {
    assignments = List.copyOf(assignments);
    files = List.copyOf(files);
    passed = List.copyOf(passed);
    unset = List.copyOf(unset);
  }

  /**
   * A file with variables.
   *
   * @param path an absolute path, perhaps a pattern
   * @param optional whether it may be missing ({@code -})
   */
  public record File(String path, boolean optional) {}
}
