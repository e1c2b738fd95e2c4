package org.usersvc.systemd.unit;

import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.syntax.ExitStatuses;

/**
 * Which process is the service, and what its end means. Immutable.
 *
 * @param exitType {@code ExitType=}
 * @param remainAfterExit {@code RemainAfterExit=}: the service stays active when it has ended well
 * @param guessMainPid {@code GuessMainPID=}, of forking services without PID file
 * @param pidFile {@code PIDFile=}, an absolute path; null: none
 * @param busName {@code BusName=}; null: none
 * @param successStatus {@code SuccessExitStatus=}: ends that are good ones too
 */
public record MainProcessSettings(
    ExitType exitType,
    boolean remainAfterExit,
    boolean guessMainPid,
    @Nullable String pidFile,
    @Nullable String busName,
    ExitStatuses successStatus) {
  public static final MainProcessSettings DEFAULT =
      new MainProcessSettings(ExitType.MAIN, false, true, null, null, ExitStatuses.NONE);

  /** The words of {@code ExitType=}. */
  public enum ExitType {
    /** The service ends with its main process. */
    MAIN,
    /** The service ends with the last of its processes. */
    CGROUP
  }
}
