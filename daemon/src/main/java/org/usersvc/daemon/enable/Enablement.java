package org.usersvc.daemon.enable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.enable.AvailableServices.Offer;
import org.usersvc.daemon.enable.DisableOutcome.Disabled;
import org.usersvc.daemon.enable.DisableOutcome.Unlinked;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.supervise.ServiceProcess;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.view.Commanded;

/**
 * Enables and disables services of the supervised tree.
 *
 * <p>INVARIANT: a disabled service that is still stopping is not enabled anew before it has ended,
 * so that it never runs twice. <b>Loop thread only.</b>
 */
public final class Enablement {
  /** Any long time, as a removal ends by force. */
  private static final Duration UNTIL_GONE = Duration.ofDays(3650);

  private final Enabling enabling;
  private final Supervisor supervisor;
  private final Operations operations;
  private final EventLoop loop;

  /** Names whose service is being stopped. */
  private final Map<String, Leaving> leaving = new HashMap<>();

  /** A service that is being stopped, and the requests that wait for its end. */
  private static final class Leaving {
    private final ServiceProcess process;
    private final List<Parked> waiting = new ArrayList<>();
    private Runnable forget = () -> {};

    Leaving(ServiceProcess process) {
      this.process = process;
    }
  }

  /**
   * The result of disabling one service.
   *
   * @param stopping its process, which is ending now; null if none is
   */
  public record Removal(DisableOutcome outcome, @Nullable Commanded stopping) {}

  public Enablement(
      Enabling enabling, Supervisor supervisor, Operations operations, EventLoop loop) {
    this.enabling = enabling;
    this.supervisor = supervisor;
    this.operations = operations;
    this.loop = loop;
  }

  /** The reason why nothing can be enabled or disabled, with the remedy; null if there is none. */
  public @Nullable String obstacle() {
    String scan = supervisor.scanDirectory();
    return supervisor.scanDescriptor() < 0
        ? "there is no " + scan + " yet; make it with mkdir -p " + scan
        : null;
  }

  /** The path of an available service of that name, null if there is none. */
  public @Nullable String available(String name) {
    try {
      return enabling.available(name);
    } catch (FileFault ignored) { // enabling it will say so
      return null;
    }
  }

  /**
   * What can be enabled.
   *
   * @param enabled the names of those that are in the scan directory
   * @param looked the directories that were searched
   */
  public record Choice(List<Offer> offers, Set<String> enabled, List<String> looked) {}

  /**
   * Looks for all available services.
   *
   * @throws FileFault if a directory cannot be read
   */
  public Choice choice() throws FileFault {
    var enabled = new HashSet<String>();
    var offers = enabling.offers();
    for (var offer : offers) {
      if (supervisor.scanDescriptor() >= 0
          && enabling.isThere(supervisor.scanDescriptor(), offer.name())) {
        enabled.add(offer.name());
      }
    }
    return new Choice(offers, enabled, enabling.looked());
  }

  /**
   * Enables services.
   *
   * @param done called with the outcomes once all new services are opened
   * @return withdraws the request if it has not begun, for a client that has gone
   */
  public Runnable enable(List<String> names, Consumer<Map<String, EnableOutcome>> done) {
    return afterLeaving(
        names,
        () -> {
          var outcomes = new LinkedHashMap<String, EnableOutcome>();
          names.forEach(name -> outcomes.put(name, enable(name)));
          supervisor.rescan(() -> done.accept(outcomes));
        });
  }

  private EnableOutcome enable(String name) {
    try {
      return enabling.enable(supervisor.scanDescriptor(), name);
    } catch (FileFault fault) {
      return new EnableOutcome.Failed(String.valueOf(fault.getMessage()));
    }
  }

  /**
   * Disables services, one piece at a time.
   *
   * @param undeleted called, perhaps after {@code done}, with the name of a service whose files
   *     could not all be deleted, and the reason
   * @param each called with a name and its outcome once it is disabled
   * @param done called once the services are out of the tree; they may not have ended
   * @return as in {@link #enable}
   */
  public Runnable disable(
      List<String> names,
      BiConsumer<String, FileFault> undeleted,
      BiConsumer<String, Removal> each,
      Runnable done) {
    return afterLeaving(
        names,
        () ->
            loop.requests()
                .each(
                    names,
                    name -> each.accept(name, disable(name, undeleted)),
                    () -> supervisor.rescan(() -> disabled(names, done))));
  }

  /** Forgets a service whose directory was put back meanwhile: it goes on. */
  private void disabled(List<String> names, Runnable done) {
    for (String name : names) {
      var found = leaving.get(name);
      if (found != null && found.process.names().contains(name)) {
        found.forget.run();
        left(name);
      }
    }
    done.run();
  }

  private Removal disable(String name, BiConsumer<String, FileFault> undeleted) {
    var process = supervisor.find(name);
    try {
      var outcome = enabling.disable(supervisor.scanDescriptor(), name);
      var stopping = ends(process, name, outcome) ? process : null;
      whenEnded(
          name,
          stopping,
          () -> {
            if (outcome instanceof Disabled(var hidden)) {
              delete(name, hidden, undeleted);
            }
          });
      return new Removal(outcome, stopping);
    } catch (FileFault fault) {
      return new Removal(new DisableOutcome.Failed(String.valueOf(fault.getMessage())), null);
    }
  }

  /** Whether the service ends now; one with two names ends when both are gone. */
  private static boolean ends(
      @Nullable ServiceProcess process, String name, DisableOutcome outcome) {
    return outcome instanceof Disabled
        || (outcome instanceof Unlinked
            && process != null
            && process.names().stream().allMatch(name::equals));
  }

  private void whenEnded(String name, @Nullable ServiceProcess process, Runnable action) {
    if (process == null) {
      action.run();
      return;
    }
    var found = new Leaving(process);
    leaving.put(name, found);
    found.forget =
        operations.awaitEnd(
            process,
            UNTIL_GONE,
            _ -> {
              action.run();
              left(name);
            });
  }

  private static void delete(
      String name, HiddenService hidden, BiConsumer<String, FileFault> undeleted) {
    try {
      hidden.delete();
    } catch (FileFault fault) {
      undeleted.accept(name, fault);
    }
  }

  private void left(String name) {
    var found = leaving.remove(name);
    if (found != null) {
      found.waiting.forEach(parked -> loop.soon(parked::go));
    }
  }

  private Runnable afterLeaving(List<String> names, Runnable action) {
    var request = new Parked(names, action);
    request.go();
    return request::withdraw;
  }

  /** A request that waits until none of its services is stopping. */
  private final class Parked {
    private final List<String> names;
    private final Runnable action;
    private boolean withdrawn;

    Parked(List<String> names, Runnable action) {
      this.names = names;
      this.action = action;
    }

    void go() {
      for (String name : names) {
        var found = leaving.get(name);
        if (found != null && !withdrawn) {
          found.waiting.add(this);
          return;
        }
      }
      if (!withdrawn) {
        action.run();
      }
    }

    void withdraw() {
      withdrawn = true;
      leaving.values().forEach(found -> found.waiting.remove(this));
    }
  }
}
