package org.usersvc.daemon.state;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.ServiceId;

/**
 * The record of one supervised process for the next daemon.
 *
 * @param name for messages, as native text
 * @param letters the letters that were not fed yet
 * @param needs the variables that needs-env names, with the values that run got; null for unset
 */
public record RecordedProcess(
    Key key,
    String name,
    ServiceState state,
    Living living,
    Past past,
    String letters,
    Map<String, @Nullable String> needs) {
  /**
   * Identifies the supervised process.
   *
   * @param logger whether it is the logger of that service
   */
  public record Key(ServiceId service, boolean logger) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that && service.equals(that.service) && logger == that.logger;
    }

    @Override
    public int hashCode() {
      return 31 * service.hashCode() + Boolean.hashCode(logger);
    }

    /** A text that no other key has. */
    public String text() {
      return service.asFileName() + (logger ? "-log" : "");
    }
  }

  /**
   * Its living processes.
   *
   * @param process run or finish
   * @param script the running control script
   * @param lastRun the leader of the process group that run may leave behind, 0 for none
   */
  public record Living(ProcessIdentity process, ProcessIdentity script, int lastRun) {}

  /**
   * Its history.
   *
   * @param since when the state that clients see began
   * @param started when run was started last
   * @param restartAt when the restart delay ends, null if none runs
   * @param elapsing null if unknown
   */
  public record Past(
      Instant since,
      Instant started,
      long starts,
      int deaths,
      @Nullable ExitStatus lastExit,
      @Nullable Instant restartAt,
      @Nullable Elapsing elapsing) {}

  /**
   * The same moments by the monotonic clock ({@code Clock.nanos}), which is the same for all
   * daemons of one boot.
   */
  public record Elapsing(long since, long started) {}
}
