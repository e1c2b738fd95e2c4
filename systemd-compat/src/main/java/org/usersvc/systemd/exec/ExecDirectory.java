package org.usersvc.systemd.exec;

import java.util.List;

/**
 * Directories that are made before a unit's commands run, of one kind. Immutable.
 *
 * @param names relative paths below the place of the kind
 * @param mode 0 to 07777, 0755 where no file sets it
 * @param preserve whether they stay when the unit ends; only those of runtime may go
 */
public record ExecDirectory(List<String> names, int mode, Preserve preserve) {
  public static final int DEFAULT_MODE = 0755;

  /** Which directory; the place of each is as in systemd.exec(5), for user managers. */
  public enum Kind {
    RUNTIME("RuntimeDirectory", "RUNTIME_DIRECTORY"),
    STATE("StateDirectory", "STATE_DIRECTORY"),
    CACHE("CacheDirectory", "CACHE_DIRECTORY"),
    LOGS("LogsDirectory", "LOGS_DIRECTORY"),
    CONFIGURATION("ConfigurationDirectory", "CONFIGURATION_DIRECTORY");

    private final String directive;
    private final String variable;

    Kind(String directive, String variable) {
      this.directive = directive;
      this.variable = variable;
    }

    /** The name of the setting. */
    public String directive() {
      return directive;
    }

    /** The variable by which the processes find them. */
    public String variable() {
      return variable;
    }
  }

  /** The words of {@code RuntimeDirectoryPreserve=}. */
  public enum Preserve {
    NO,
    YES,
    RESTART
  }

  public ExecDirectory {
    names = List.copyOf(names);
  }
}
