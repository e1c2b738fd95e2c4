package org.usersvc.systemd.prepare;

import org.usersvc.daemon.execution.Launcher;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecDirectory;
import org.usersvc.systemd.syntax.CommandLine;

/**
 * The step of an execution that has failed, with the exit status that shows it. Source:
 * systemd.exec(5), "Process Exit Codes".
 */
public enum ExecFailure {
  CHDIR(200),
  EXEC(203),
  STDIN(208),
  STDOUT(209),
  GROUP(216),
  USER(217),
  STDERR(222),
  RUNTIME_DIRECTORY(233),
  STATE_DIRECTORY(238),
  CACHE_DIRECTORY(239),
  LOGS_DIRECTORY(240),
  CONFIGURATION_DIRECTORY(241),
  /** No process could be made, or what it is to have could not be found out; no exit status. */
  RESOURCES(-1);

  private final int code;

  ExecFailure(int code) {
    this.code = code;
  }

  /**
   * The exit status that shows it: a good one if the command ignores failures, as the process that
   * cannot execute its program is to do no harm; {@link ExitStatus#UNKNOWN} for lack of resources.
   */
  public ExitStatus status(CommandLine command) {
    boolean isIgnored = command.ignoresFailure() && this != RESOURCES;
    return ExitStatus.exited(isIgnored ? 0 : code);
  }

  /** The failure to make a directory. */
  static ExecFailure of(ExecDirectory.Kind kind) {
    return switch (kind) {
      case RUNTIME -> RUNTIME_DIRECTORY;
      case STATE -> STATE_DIRECTORY;
      case CACHE -> CACHE_DIRECTORY;
      case LOGS -> LOGS_DIRECTORY;
      case CONFIGURATION -> CONFIGURATION_DIRECTORY;
    };
  }

  /** The failure of the launcher. */
  public static ExecFailure of(Launcher.Step step, Errno errno) {
    if (errno.lacksResources()) {
      return RESOURCES;
    }
    return switch (step) {
      case DIRECTORY -> CHDIR;
      case INPUT -> STDIN;
      case OUTPUT -> STDOUT;
      case ERROR -> STDERR;
      case PROGRAM -> EXEC;
    };
  }
}
