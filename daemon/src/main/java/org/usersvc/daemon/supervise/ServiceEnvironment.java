package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.servicedir.NeededEnvironment;

/** What the processes of one service are given, and what run cannot do without. */
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
  private List<String> told = List.of();

  /**
   * Begins with what is activated.
   *
   * @param notifySocket the path of the socket on which the process is heard, open; null if it
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

  /** It goes on without its env/. */
  @Override
  public void drop() {
    own = Map.of();
    given = now();
  }

  /** Nothing of the service lives any more. */
  void close() {
    share.has(0);
  }

  /** Composes it for a start of run; false if something is missing. */
  boolean prepare() {
    read();
    given = now().with(notifyVariables());
    boolean complete = missing().isEmpty();
    if (complete) {
      told = List.of();
    }
    return complete;
  }

  /** What sd_notify(3) goes by. */
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
   * Takes over what an earlier daemon has given.
   *
   * @param given what the process was started with, null if none lives or that is hidden
   * @param needs the variables that it needs, as the earlier daemon has given them; run itself may
   *     have changed them since
   */
  void resume(@Nullable Environment given, Map<String, @Nullable String> needs) {
    read();
    notifyVariables(); // it goes on to say what it has to say
    this.given = (given == null ? now() : given).with(needs);
  }

  private void read() {
    try {
      needs = owner.directory().neededEnvironment();
      var faults = new ArrayList<String>();
      own = owner.directory().environmentChanges(fault -> faults.add(fault.getMessage()));
      complaints.are(leftOut(faults));
      share.has(own.isEmpty() ? 0 : Environment.sizeOf(own));
      losses = activation.losses(needs.names());
    } catch (FileFault fault) {
      complaints.are(List.of(fault.getMessage() + ", ignoring"));
    }
  }

  /** In one line. */
  private static List<String> leftOut(List<String> faults) {
    if (faults.isEmpty()) {
      return List.of();
    }
    String more = faults.size() > 1 ? " (and %d more)".formatted(faults.size() - 1) : "";
    return List.of(faults.getFirst() + more + ", starting without it");
  }

  /** What a run that is started now would get. */
  Environment now() {
    return activation.current().with(own);
  }

  /** What run was given, or would have been given when it was tried last. */
  Environment given() {
    return given;
  }

  NeededEnvironment needs() {
    return needs;
  }

  /** What is not set of what run needs. */
  List<String> missing() {
    return needs.isEmpty() ? List.of() : needs.missingIn(now());
  }

  /** Whether it has been told before that these are missing; now it has. */
  boolean hasToldOf(List<String> missing) {
    boolean before = missing.equals(told);
    told = missing;
    return before;
  }

  /** Whether a variable that run needs is not what it was given, or names something else now. */
  boolean outdated() {
    if (needs.isEmpty()) {
      return false;
    }
    var differences = given.differences(now());
    return losses != activation.losses(needs.names())
        || needs.names().stream().anyMatch(differences::contains);
  }
}
