package org.usersvc.daemon.bus;

import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.supervise.Supervised;
import org.usersvc.daemon.wire.Call;
import org.usersvc.dbus.Errors;

/** org.usersvc1.Service of one service or logger, as it is when it is made. */
final class ServiceObject implements Served {
  static final Interface TYPE = Interface.load(Errors.class, "org.usersvc1.Service");

  private final Supervised process;
  private final ServiceVerbs verbs;
  private final ServiceView view;

  ServiceObject(Supervised process, ServiceVerbs verbs) {
    this.process = process;
    this.verbs = verbs;
    this.view = ServiceView.of(process);
  }

  ServiceView view() {
    return view;
  }

  @Override
  public Interface type() {
    return TYPE;
  }

  @Override
  public void call(Call call) {
    verbs.perform(call, process, call.arguments());
  }

  @Override
  public Object value(String property) {
    return property.equals("NormallyUp") ? process.isNormallyUp() : view.value(property);
  }
}
