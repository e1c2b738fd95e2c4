package org.usersvc.daemon.socket;

import java.util.function.Consumer;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Rescan;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.definition.Enablement;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.supervise.Supervisor;

/** What clients can ask for. */
public record Doors(
    Platform platform,
    Supervisor supervisor,
    Operations operations,
    Sessions sessions,
    Activation activation,
    Rescan rescan,
    Enablement enablement,
    BusDoor buses,
    ReplacementDoor replacement) {
  /** Has another program, a new version, take the place of this one in the same process. */
  @FunctionalInterface
  public interface ReplacementDoor {
    /**
     * Begins.
     *
     * @param answer given by the next program, or by this one if it is refused
     */
    void ask(boolean json, Answer answer);
  }

  /** Has the daemon go on a bus that no session has named. */
  @FunctionalInterface
  public interface BusDoor {
    /**
     * Takes the bus on.
     *
     * @param answer told once: empty when the bus can be used, else why it cannot
     */
    void take(String address, Consumer<String> answer);
  }
}
