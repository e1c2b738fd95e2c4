package org.usersvc.systemd.bus;

import java.util.List;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.engine.GivenStreams;
import org.usersvc.systemd.engine.ScopeController;
import org.usersvc.systemd.engine.TakesStreams;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.face.Holds;

/** What a caller gives to a unit that no text of a unit can say. <b>Loop thread only.</b> */
final class Gift {
  private final List<Integer> pids;
  private final boolean isHeld;
  private GivenStreams streams;

  /**
   * @param pids the processes of a scope
   * @param streams those of a service
   * @param isHeld whether the caller keeps the unit from being forgotten
   */
  Gift(List<Integer> pids, GivenStreams streams, boolean isHeld) {
    this.pids = List.copyOf(pids);
    this.streams = streams;
    this.isHeld = isHeld;
  }

  /** Gives it to a unit that was just made. */
  void hand(UnitRecord made, Holds holds, Call call) {
    if (made.controller() instanceof ScopeController scope) {
      scope.attach(pids);
    }
    if (made.controller() instanceof TakesStreams service) {
      service.give(streams);
      streams = GivenStreams.NONE;
    }
    if (isHeld) {
      holds.hold(made, call);
    }
  }

  /** The streams that no unit has taken, to be closed. */
  GivenStreams left() {
    return streams;
  }
}
