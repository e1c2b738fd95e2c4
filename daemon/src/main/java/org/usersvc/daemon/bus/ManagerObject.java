package org.usersvc.daemon.bus;

import java.util.List;
import java.util.function.Consumer;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.usersvc.daemon.activation.ScanDirectory;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.Version;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.Services;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.WireText;
import org.usersvc.dbus.Errors;

/** org.usersvc1.Manager. <b>Loop thread only.</b> */
final class ManagerObject implements Served {
  static final Interface TYPE = Interface.load(Errors.class, "org.usersvc1.Manager");
  static final String PATH = "/org/usersvc1";

  private final Services services;
  private final SessionVerbs sessions;
  private final ServiceVerbs verbs;
  private final ScanDirectory scanDirectory;

  ManagerObject(
      Services services, SessionVerbs sessions, ServiceVerbs verbs, ScanDirectory scanDirectory) {
    this.services = services;
    this.sessions = sessions;
    this.verbs = verbs;
    this.scanDirectory = scanDirectory;
  }

  @Override
  public Interface type() {
    return TYPE;
  }

  @Override
  public Object value(String property) {
    return switch (property) {
      case "Version" -> Version.TEXT;
      case "ScanDirectory" -> scanDirectory.path();
      case "Environment" -> WireText.of(sessions.environment());
      case "Sessions" ->
          sessions.all().stream().map(each -> new DBusPath(SessionObject.path(each.id()))).toList();
      default -> throw new IllegalArgumentException("no property " + property);
    };
  }

  @Override
  public void call(Call call) {
    switch (call.member()) {
      case "Rescan" -> scanDirectory.rescan(() -> call.answer(""));
      case "ListServices" -> call.answer("a(sossu)", services());
      case "GetService" -> withService(call, service -> call.answer("o", path(service)));
      case "RegisterSession" -> sessions.register(call);
      case "UnregisterSession" -> sessions.unregister(call);
      case "SetEnvironment" -> sessions.setEnvironment(call);
      case "UnsetEnvironment" -> sessions.unsetEnvironment(call);
      default -> withService(call, service -> perform(call, service));
    }
  }

  private void perform(Call call, Commanded service) {
    var arguments = call.arguments();
    verbs.perform(call, service, arguments.subList(1, arguments.size()));
  }

  private static DBusPath path(Commanded service) {
    return new DBusPath(ServicePath.of(service.view().nativeName()));
  }

  private void withService(Call call, Consumer<Commanded> action) {
    String name = (String) call.arguments().getFirst();
    switch (lookUp(name)) {
      case LookUp.Found(var service) -> action.accept(service);
      case LookUp.NotSupervised(String reason) ->
          call.fail(Errors.NOT_SUPERVISED, NativeText.printable(name) + ": " + reason);
      case LookUp.NoSuchService(String reason) ->
          call.fail(Errors.NO_SUCH_SERVICE, NativeText.printable(name) + ": " + reason);
    }
  }

  private LookUp lookUp(String name) {
    var found = services.lookUp(name);
    if (found instanceof LookUp.NoSuchService && name.contains("\\x")) {
      var unprinted = services.lookUp(WireText.unprinted(name));
      return unprinted instanceof LookUp.NoSuchService ? found : unprinted;
    }
    return found;
  }

  private List<Object[]> services() {
    return services.all().stream()
        .map(Commanded::view)
        .map(view ->
            new Object[] {
              view.name(),
              new DBusPath(ServicePath.of(view.nativeName())),
              view.state(),
              view.wanted(),
              new UInt32(view.pid())
            })
        .toList();
  }
}
