package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.order.Dependencies;
import org.usersvc.daemon.order.LingerHold;
import org.usersvc.daemon.servicedir.Definition.Needs;

/**
 * The needs of one process: variables, other services, a login, a file system that answers. Without
 * them it does not start. <b>Loop thread only.</b>
 */
final class ProcessNeeds {
  /** The need of what would start while the daemon ends. */
  private static final String NEXT_DAEMON = "the next usersvcd";

  private final Owner owner;
  private final ServiceEnvironment environment;
  private final Dependencies dependencies;
  private final Agenda agenda;

  ProcessNeeds(
      Owner owner, ServiceEnvironment environment, Dependencies dependencies, Agenda agenda) {
    this.owner = owner;
    this.environment = environment;
    this.dependencies = dependencies;
    this.agenda = agenda;
  }

  /** The missing needs: {@code A or B}, {@code service foo}, {@code a login}. */
  List<String> missing() {
    var missing = new ArrayList<>(environment.missing());
    var hang = owner.isClosed() ? null : owner.directory().hang();
    if (hang != null) {
      missing.add(hang.toString());
    }
    if (!owner.isLogger()) {
      missing.addAll(dependencies.missing(owner.service().node()));
      if (dependencies.hold().holds(owner.service().node())) {
        missing.add(LingerHold.AWAITED);
      }
      if (dependencies.startsNone()) {
        missing.add(NEXT_DAEMON);
      }
    }
    return missing;
  }

  /** Why it cannot start before somebody changes the tree, null if it may. */
  @Nullable String obstacle() {
    return owner.isLogger() ? null : dependencies.obstacle(owner.service().node());
  }

  /** The services that it needs; a logger needs none. */
  Needs ofServices() {
    return owner.isLogger() ? Needs.NONE : dependencies.of(owner.service().node());
  }

  /** One of its needs may be fulfilled now. */
  void arrived() {
    if (owner.state().phase() instanceof Phase.Waiting) {
      agenda.add(Agenda.Stage.HAPPEN, this::look);
    }
  }

  private void look() {
    if (owner.state().phase() instanceof Phase.Waiting && !owner.service().isStopping()) {
      if (missing().isEmpty()) {
        owner.take(new Event.NeedChanged());
      } else {
        owner.changed();
      }
    }
  }

  /** The activation environment has settled: a changed or lost variable that it needs ends run. */
  void environmentChanged() {
    switch (owner.state().phase()) {
      case Phase.Running _, Phase.Completed _ when !environment.outdated() -> {}
      case Phase.Running _, Phase.Completed _, Phase.Finishing _ ->
          owner.feed(new Event.NeedChanged());
      case Phase.BackingOff _, Phase.Settling _ -> owner.feed(new Event.NeedChanged());
      case Phase.Waiting _, Phase.Down _, Phase.Incomplete _, Phase.Preparing _ -> {}
      case Phase.Starting _, Phase.FinishStarting _, Phase.Gone _ -> {}
    }
  }

  /** Notifies its dependents of any change of its phase. */
  void notifyDependents() {
    if (!owner.isLogger()) {
      dependencies.moved(owner.service().node());
    }
  }

  /** Asks the services that it needs to start, too. */
  void pull() {
    if (!owner.isLogger()) {
      dependencies.pull(owner.service().node());
    }
  }
}
