package org.usersvc.daemon.state;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.ServiceId;

/**
 * All that the next daemon has to know of one supervised process.
 *
 * @param name for messages, as native text
 * @param letters what it has been told and was not fed yet
 * @param needs the variables that needs-env names, as run was given them; null for what was not set
 */
public record ProcessMemory(
    Key key,
    String name,
    ServiceState state,
    Living living,
    Past past,
    String letters,
    Map<String, @Nullable String> needs) {
  /**
   * Which process.
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
   * What lives of it.
   *
   * @param process run or finish
   * @param script the control script that runs
   * @param lastRun the leader of what run may leave behind, 0 for none
   */
  public record Living(ProcessIdentity process, ProcessIdentity script, int lastRun) {}

  /**
   * What it has been through.
   *
   * @param since when it came into the state that clients are shown
   * @param started when run was started last
   * @param restartAt when the restart delay ends, null if none runs
   * @param elapsing null if that is not known
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
   * The same moments by the clock that only grows ({@code Clock.nanos}), which is the same for all
   * daemons of one boot.
   */
  public record Elapsing(long since, long started) {}
}
