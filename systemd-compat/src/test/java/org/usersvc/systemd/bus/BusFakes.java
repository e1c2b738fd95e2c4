package org.usersvc.systemd.bus;

import java.util.Map;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.face.Ground;
import org.usersvc.systemd.face.Holds;
import org.usersvc.systemd.face.Members;
import org.usersvc.systemd.face.UnitObjects;

/** What the bus stands on, without units that run. */
final class BusFakes {
  private BusFakes() {}

  static Ground ground(FakeManager manager) {
    return new Ground(
        manager,
        _ -> "",
        new Members(manager, taker -> taker.accept(new ProcessTable(Map.of()))),
        new Holds(manager));
  }

  @SuppressWarnings("NullAway") // nothing here asks for unit files
  static Running running(FakeManager manager) {
    var ground = ground(manager);
    return new Running(ground, new UnitObjects(ground), null, null, () -> {});
  }

  @SuppressWarnings("NullAway") // nothing here asks for the environment
  static Desk desk(FakeManager manager) {
    return new Desk(null, () -> running(manager));
  }
}
