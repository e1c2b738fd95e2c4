package org.usersvc.systemd.exec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Limits;

/**
 * The surroundings in which the processes of a unit run. Immutable. Source: systemd.exec(5).
 *
 * @param limits umask, nice value and resource limits; a null umask means 0022
 * @param priority further settings of the kernel for them
 * @param directories what is made for them, by kind; kinds that no file names are missing
 * @param searchPath {@code ExecSearchPath=}: where names of programs are looked up; empty: in the
 *     default path
 * @param identity as whom they run
 */
public record ExecSettings(
    WorkingDirectory workingDirectory,
    Limits limits,
    Priority priority,
    EnvironmentSettings environment,
    StreamSettings streams,
    Map<ExecDirectory.Kind, ExecDirectory> directories,
    List<String> searchPath,
    ExecIdentity identity) {
  public static final ExecSettings DEFAULT =
      new ExecSettings(
          WorkingDirectory.HOME,
          Limits.NONE,
          Priority.DEFAULT,
          EnvironmentSettings.NONE,
          StreamSettings.DEFAULT,
          Map.of(),
          List.of(),
          ExecIdentity.OWN);

  public ExecSettings {
    directories = Map.copyOf(directories);
    searchPath = List.copyOf(searchPath);
  }

  /** The same with other streams. */
  public ExecSettings with(StreamSettings others) {
    return new ExecSettings(
        workingDirectory, limits, priority, environment, others, directories, searchPath, identity);
  }

  /**
   * {@code WorkingDirectory=}.
   *
   * @param path an absolute path; null: the user's home, which is also {@code ~}
   * @param optional whether a missing one is no failure ({@code -})
   */
  public record WorkingDirectory(@Nullable String path, boolean optional) {
    public static final WorkingDirectory HOME = new WorkingDirectory(null, false);
  }

  /**
   * How the kernel treats the processes.
   *
   * @param oomScoreAdjust {@code OOMScoreAdjust=}, -1000 to 1000; null: the manager's own
   * @param ioClass {@code IOSchedulingClass=}; null: the manager's own
   * @param ioPriority {@code IOSchedulingPriority=}, 0 (highest) to 7; null: the manager's own
   * @param ignoresSigpipe {@code IgnoreSIGPIPE=}
   */
  public record Priority(
      @Nullable Integer oomScoreAdjust,
      @Nullable IoClass ioClass,
      @Nullable Integer ioPriority,
      boolean ignoresSigpipe) {
    public static final Priority DEFAULT = new Priority(null, null, null, true);
  }

  /** The words of {@code IOSchedulingClass=}; the ordinal is the kernel's number. */
  public enum IoClass {
    NONE,
    REALTIME,
    BEST_EFFORT,
    IDLE
  }
}
