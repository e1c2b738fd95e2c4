package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.platform.Platform;

/** The end of all services and of their leftovers. <b>Loop thread only.</b> */
final class Shutdown {
  private final EventLoop loop;
  private final Catalogue services;
  private final Predecessor predecessor;
  private final ProcessGroupCleanup leftovers;
  private @Nullable Runnable whenGone;

  Shutdown(Platform platform, Agenda agenda, Catalogue services, Predecessor predecessor) {
    this.loop = platform.loop();
    this.services = services;
    this.predecessor = predecessor;
    this.leftovers =
        new ProcessGroupCleanup(platform.processes(), platform.loop().timers(), this::endIfAllGone);
    platform.processes().afterEachEnd(() -> agenda.add(Agenda.Stage.ANSWER, this::reviewLeftovers));
  }

  /** The rest of the process groups of runs. */
  ProcessGroupCleanup leftovers() {
    return leftovers;
  }

  /**
   * Stops every service, each logger after its service, then runs the action. All that run are
   * commanded to end at once; the others are closed in pieces, as there may be thousands.
   */
  void begin(Runnable allGone) {
    whenGone = allGone;
    var all = services.all();
    all.forEach(ServiceRecord::willStop);
    var idle = new ArrayList<ServiceRecord>();
    for (var service : all) {
      if (service.main().state().phase().isBusy()) {
        service.stop();
      } else {
        idle.add(service);
      }
    }
    loop.pieces().each(idle, ServiceRecord::stop, () -> {});
    predecessor.end(this::endIfAllGone);
    endIfAllGone();
  }

  boolean hasBegun() {
    return whenGone != null;
  }

  /** Kills the processes that are being stopped. */
  void hurry() {
    services.all().forEach(ServiceRecord::hurry);
    leftovers.hurry();
    predecessor.hurry();
  }

  private void reviewLeftovers() {
    leftovers.review();
    endIfAllGone();
  }

  /** To be called when a service, a group or a process has gone. */
  void endIfAllGone() {
    boolean nothingLeft = leftovers.isEmpty() && predecessor.hasEnded();
    if (whenGone != null && services.isEmpty() && nothingLeft) {
      var action = whenGone;
      whenGone = () -> {};
      action.run();
    }
  }
}
