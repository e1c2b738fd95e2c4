package org.usersvc.systemd.bus;

import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.wire.Call;

/** The manager, whose table is made at its first call. <b>Loop thread only.</b> */
final class LateObject implements Served {
  private final Desk desk;

  LateObject(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Interface type() {
    return ManagerTable.TABLE.type();
  }

  @Override
  public void call(Call call) {
    ManagerTable.TABLE.of(desk).call(call);
  }

  @Override
  public Object value(String property) {
    return ManagerTable.TABLE.of(desk).value(property);
  }
}
