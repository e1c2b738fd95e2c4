package org.usersvc.systemd.bus;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.daemon.wire.FakeLink;
import org.usersvc.systemd.engine.ForeignUnits;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.face.Ground;
import org.usersvc.systemd.face.Holds;
import org.usersvc.systemd.face.Members;
import org.usersvc.systemd.face.UnitObjects;

/** What the bus stands on, without units that run. */
final class BusFakes {
  /** A process that does not live. */
  static final int GONE = 99_999;

  /** The daemon itself. */
  static final int MANAGER = 4000;

  private BusFakes() {}

  static Ground ground(FakeManager manager) {
    return new Ground(
        manager,
        _ -> "",
        new Members(
            manager,
            taker -> taker.accept(new ProcessTable(Map.of())),
            pid -> pid == GONE ? "" : "p" + pid,
            pid -> pid == MANAGER),
        new Holds(manager),
        new Stamps.Stamp(Instant.EPOCH, 0));
  }

  @SuppressWarnings("NullAway") // nothing here asks for files
  static Running running(FakeManager manager) {
    var ground = ground(manager);
    return new Running(ground, new UnitObjects(ground), null, null, () -> {}, ForeignUnits.NONE);
  }

  /** A call to the manager of somebody with the pid 4711. */
  static FakeCall made(String member, Object... arguments) {
    var method = Objects.requireNonNull(ManagerTable.TABLE.type().methods().get(member));
    return new FakeCall(new FakeLink("unix:path=/a", 4711), "/", member, method.in(), arguments);
  }

  /** Calls a method of the manager. */
  static FakeCall call(Desk desk, String member, Object... arguments) {
    var call = made(member, arguments);
    ManagerTable.TABLE.of(desk).call(call);
    return call;
  }

  @SuppressWarnings("NullAway") // nothing here asks for the environment
  static Desk desk(FakeManager manager) {
    return new Desk(null, null, null, null, null, () -> running(manager));
  }
}
