package org.usersvc.daemon.bus;

import java.util.List;
import java.util.function.Consumer;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.usersvc.daemon.activation.Rescan;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.Version;
import org.usersvc.daemon.supervise.LookUp;
import org.usersvc.daemon.supervise.ServiceRecord;
import org.usersvc.daemon.supervise.Supervised;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.WireText;
import org.usersvc.dbus.Errors;

/** org.usersvc1.Manager. <b>Loop thread only.</b> */
final class ManagerObject implements Served {
  static final Interface TYPE = Interface.load(Errors.class, "org.usersvc1.Manager");
  static final String PATH = "/org/usersvc1";

  private final Supervisor supervisor;
  private final SessionVerbs sessions;
  private final ServiceVerbs verbs;
  private final Rescan rescan;

  ManagerObject(Supervisor supervisor, SessionVerbs sessions, ServiceVerbs verbs, Rescan rescan) {
    this.supervisor = supervisor;
    this.sessions = sessions;
    this.verbs = verbs;
    this.rescan = rescan;
  }

  @Override
  public Interface type() {
    return TYPE;
  }

  @Override
  public Object value(String property) {
    return switch (property) {
      case "Version" -> Version.TEXT;
      case "ScanDirectory" -> supervisor.scanDirectory();
      case "Environment" -> WireText.of(sessions.environment());
      case "Sessions" ->
          sessions.all().stream().map(each -> new DBusPath(SessionObject.path(each.id()))).toList();
      default -> throw new IllegalArgumentException("no property " + property);
    };
  }

  @Override
  public void call(Call call) {
    switch (call.member()) {
      case "Rescan" -> rescan.ask(() -> call.answer(""));
      case "ListServices" -> call.answer("a(sossu)", services());
      case "GetService" -> withService(call, process -> call.answer("o", path(process)));
      case "RegisterSession" -> sessions.register(call);
      case "UnregisterSession" -> sessions.unregister(call);
      case "SetEnvironment" -> sessions.setEnvironment(call);
      case "UnsetEnvironment" -> sessions.unsetEnvironment(call);
      default -> withService(call, process -> perform(call, process));
    }
  }

  private void perform(Call call, Supervised process) {
    var arguments = call.arguments();
    verbs.perform(call, process, arguments.subList(1, arguments.size()));
  }

  private static DBusPath path(Supervised process) {
    return new DBusPath(ServicePath.of(process.nativeName()));
  }

  private void withService(Call call, Consumer<Supervised> action) {
    String name = (String) call.arguments().getFirst();
    switch (lookUp(name)) {
      case LookUp.Found(var process) -> action.accept(process);
      case LookUp.NotSupervised(String reason) ->
          call.fail(Errors.NOT_SUPERVISED, NativeText.printable(name) + ": " + reason);
      case LookUp.NoSuchService(String reason) ->
          call.fail(Errors.NO_SUCH_SERVICE, NativeText.printable(name) + ": " + reason);
    }
  }

  private LookUp lookUp(String name) {
    var found = LookUp.of(supervisor, name);
    if (found instanceof LookUp.NoSuchService && name.contains("\\x")) {
      var unprinted = LookUp.of(supervisor, WireText.unprinted(name));
      return unprinted instanceof LookUp.NoSuchService ? found : unprinted;
    }
    return found;
  }

  private List<Object[]> services() {
    return supervisor.services().stream()
        .map(ServiceRecord::main)
        .map(ServiceView::new)
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
