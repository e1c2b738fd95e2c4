package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.servicedir.NeededEnvironment;

/** The environment of the processes of one service, and the variables that run needs. */
final class ServiceEnvironment implements Budget.Owner {
  private final Owner owner;
  private final ActivationEnvironment activation;
  private final Supplier<@Nullable String> notifySocket;
  private final Budget.Share share;
  private final Complaints complaints;
  private NeededEnvironment needs = NeededEnvironment.NOTHING;
  private Map<String, @Nullable String> own = Map.of();
  private Environment given = Environment.EMPTY;
  private int losses;
  private List<String> logged = List.of();

  /**
   * Begins with the activation environment.
   *
   * @param notifySocket the path of the open socket on which the process is heard; null if it
   *     cannot be made
   */
  ServiceEnvironment(
      Owner owner,
      Complaints complaints,
      ActivationEnvironment activation,
      Supplier<@Nullable String> notifySocket) {
    this.owner = owner;
    this.complaints = complaints;
    this.activation = activation;
    this.notifySocket = notifySocket;
    this.share = activation.own().share(this);
  }

  @Override
  public String describe() {
    return owner.name() + ": its env/";
  }

  /** The service goes on without its env/. */
  @Override
  public void drop() {
    own = Map.of();
    given = now();
  }

  /** All processes of the service have ended. */
  void close() {
    share.has(0);
  }

  /** Composes it for a start of run; false if a variable is missing. */
  boolean prepare() {
    read();
    given = now().with(notifyVariables());
    boolean complete = missing().isEmpty();
    if (complete) {
      logged = List.of();
    }
    return complete;
  }

  /** The variables of sd_notify(3). */
  private Map<String, @Nullable String> notifyVariables() {
    if (!owner.definition().readiness().notifies()) {
      return Map.of();
    }
    var variables = new LinkedHashMap<String, @Nullable String>();
    variables.put("NOTIFY_SOCKET", notifySocket.get());
    var watchdog = owner.definition().times().watchdog();
    if (watchdog != null) {
      variables.put("WATCHDOG_USEC", Long.toString(watchdog.toNanos() / 1000));
    }
    return variables;
  }

  /**
   * Takes over the environment that an earlier daemon has given.
   *
   * @param given the environment of the living process, null if none lives or that is hidden
   * @param needs the variables that it needs, as the earlier daemon has given them; run itself may
   *     have changed them since
   */
  void resume(@Nullable Environment given, Map<String, @Nullable String> needs) {
    read();
    notifyVariables(); // opens the socket to which it still sends
    this.given = (given == null ? now() : given).with(needs);
  }

  private void read() {
    try {
      needs = owner.directory().neededEnvironment();
      var faults = new ArrayList<String>();
      own = owner.directory().environmentChanges(fault -> faults.add(fault.getMessage()));
      complaints.are(Stream.concat(leftOut(faults), hopeless()).toList());
      share.has(own.isEmpty() ? 0 : Environment.sizeOf(own));
      losses = activation.losses(needs.names());
    } catch (FileFault fault) {
      complaints.are(List.of(fault.getMessage() + ", ignoring"));
    }
  }

  /** All faults in one line. */
  private static Stream<String> leftOut(List<String> faults) {
    if (faults.isEmpty()) {
      return Stream.empty();
    }
    String more = faults.size() > 1 ? " (and %d more)".formatted(faults.size() - 1) : "";
    return Stream.of(faults.getFirst() + more + ", starting without it");
  }

  private Stream<String> hopeless() {
    return needs.isEmpty()
        ? Stream.empty()
        : needs.hopelessIn(now()).stream().map(ServiceEnvironment::correction);
  }

  private static String correction(String line) {
    return "needs-env says '"
        + line
        + "', which can be no variable, and it waits until that is corrected: a name begins with"
        + " A-Z a-z _ and goes on with these and 0-9";
  }

  /** The environment for a run that starts now. */
  Environment now() {
    return activation.current().with(own);
  }

  /** The environment of run, or of the last try to start it. */
  Environment given() {
    return given;
  }

  NeededEnvironment needs() {
    return needs;
  }

  /** The needed variables that are not set. */
  List<String> missing() {
    return needs.isEmpty() ? List.of() : needs.missingIn(now());
  }

  /** Whether it has logged before that these are missing; from now on it has. */
  boolean hasLogged(List<String> missing) {
    boolean before = missing.equals(logged);
    logged = missing;
    return before;
  }

  /** Whether a needed variable has changed since the start of run, or names another object now. */
  boolean outdated() {
    if (needs.isEmpty()) {
      return false;
    }
    var differences = given.differences(now());
    return losses != activation.losses(needs.names())
        || needs.names().stream().anyMatch(differences::contains);
  }
}
