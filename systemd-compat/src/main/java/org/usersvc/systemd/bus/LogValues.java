package org.usersvc.systemd.bus;

import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.face.Table;

/** What the manager's object shows of {@link LogControl}, too. */
final class LogValues implements Table.Part<Desk> {
  @Override
  public void declare(Table.Members members) {
    members.setting("LogLevel", "s").setting("LogTarget", "s");
  }

  @Override
  public Object value(Desk desk, String property) {
    return desk.log().value(property);
  }

  @Override
  public void set(Desk desk, String property, Object value, Call call) {
    desk.log().set(property, value, call);
  }
}
