package org.usersvc.daemon.socket;

import java.util.function.Consumer;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.ScanDirectory;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.enable.Enablement;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.view.Services;

/**
 * The objects that carry out requests.
 *
 * @param extensionVerbs carry out the verbs that are not the daemon's
 */
public record Backend(
    Platform platform,
    Services services,
    Operations operations,
    Sessions sessions,
    Activation activation,
    ScanDirectory scanDirectory,
    Enablement enablement,
    Verbs extensionVerbs,
    BusTaker buses,
    Replacer replacement) {
  /** Replaces this program by a new version in the same process. */
  @FunctionalInterface
  public interface Replacer {
    /**
     * Begins.
     *
     * @param answer given by the next program, or by this one if it is refused
     */
    void ask(boolean json, Answer answer);
  }

  /** Connects the daemon to a bus that no session has named. */
  @FunctionalInterface
  public interface BusTaker {
    /**
     * Takes the bus on.
     *
     * @param answer called once: empty when the bus can be used, else the reason why it cannot
     */
    void take(String address, Consumer<String> answer);
  }
}
