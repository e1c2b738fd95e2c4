package org.usersvc.systemd.command;

import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.syntax.UnitName;

/** The messages about a job that has not reached its goal. */
final class JobEnds {
  private JobEnds() {}

  static String text(Asking asking, UnitName unit, JobResult result) {
    return switch (result) {
      case DONE, SKIPPED, COLLECTED -> "";
      case CANCELED -> "Job for " + unit + " canceled.";
      case TIMEOUT -> "Job for " + unit + " timed out.";
      case DEPENDENCY ->
          "A dependency job for " + unit + " failed. See 'journalctl -xe' for details.";
      case INVALID -> unit + " is not active, cannot reload.";
      case ASSERT -> "Assertion failed on job for " + unit + ".";
      case UNSUPPORTED -> "Operation on or unit type of " + unit + " not supported on this system.";
      case ONCE -> "Unit " + unit + " was started already once and can't be started again.";
      case FROZEN -> "Cannot perform operation on frozen unit " + unit + ".";
      case CONCURRENCY -> "Concurrency limit of a slice unit " + unit + " is contained in reached.";
      case FAILED -> failed(asking, unit);
    };
  }

  private static String failed(Asking asking, UnitName unit) {
    String result = Properties.of(asking, unit).text("Result");
    String reason = reason(result);
    return "Job for "
        + unit
        + " failed"
        + (reason.isEmpty() ? "." : " because " + reason + ".")
        + "\nSee \"systemctl --user status "
        + unit
        + "\" and \"journalctl --user -xeu "
        + unit
        + "\" for details."
        + (result.equals("start-limit-hit") ? again(unit) : "");
  }

  private static String again(UnitName unit) {
    return "\nTo force a start use \"systemctl --user reset-failed "
        + unit
        + "\"\nfollowed by \"systemctl --user start "
        + unit
        + "\" again.";
  }

  /** The words for a value of {@code Result}. */
  private static String reason(String result) {
    return switch (result) {
      case "resources" -> "of unavailable resources or another system error";
      case "protocol" -> "the service did not take the steps required by its unit configuration";
      case "timeout" -> "a timeout was exceeded";
      case "exit-code" -> "the control process exited with error code";
      case "signal" -> "a fatal signal was delivered to the control process";
      case "core-dump" -> "a fatal signal was delivered causing the control process to dump core";
      case "watchdog" -> "the service failed to send watchdog ping";
      case "start-limit-hit" -> "start of the service was attempted too often";
      case "oom-kill" -> "of an out-of-memory (OOM) situation";
      default -> "";
    };
  }
}
