package org.usersvc.daemon.bus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Rescan;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.Version;
import org.usersvc.daemon.supervise.LookUp;
import org.usersvc.daemon.supervise.ServiceRecord;
import org.usersvc.daemon.supervise.Supervised;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.WireText;
import org.usersvc.dbus.Errors;

/** org.usersvc1.Manager. <b>Loop thread only.</b> */
final class ManagerObject implements Served {
  static final Interface TYPE = Interface.load(Errors.class, "org.usersvc1.Manager");
  static final String PATH = "/org/usersvc1";

  private final Supervisor supervisor;
  private final SessionDoor sessions;
  private final ServiceVerbs verbs;
  private final Rescan rescan;

  ManagerObject(Supervisor supervisor, SessionDoor sessions, ServiceVerbs verbs, Rescan rescan) {
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
      case "ServiceDirectory" -> supervisor.scanDirectory();
      case "Environment" -> WireText.of(sessions.environment());
      case "Sessions" ->
          sessions.list().stream()
              .map(each -> new DBusPath(SessionObject.path(each.id())))
              .toList();
      default -> throw new IllegalArgumentException("no property " + property);
    };
  }

  @Override
  public void call(Call call) {
    var arguments = call.arguments();
    switch (call.member()) {
      case "Rescan" -> rescan.ask(() -> call.answer(""));
      case "ListServices" -> call.answer("a(sossu)", services());
      case "GetService" -> withService(call, process -> call.answer("o", path(process)));
      case "RegisterSession" -> register(call);
      case "UnregisterSession" -> unregister(call, arguments.getFirst().toString());
      case "SetEnvironment" ->
          report(call, sessions.setEnvironment(strings((Map<?, ?>) arguments.getFirst())));
      case "UnsetEnvironment" ->
          sessions.unsetEnvironment(
              strings((List<?>) arguments.getFirst()), call, refused -> report(call, refused));
      default ->
          withService(
              call,
              process -> verbs.perform(call, process, arguments.subList(1, arguments.size())));
    }
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
        .map(ServiceView::of)
        .map(view ->
            new Object[] {
              view.name(),
              new DBusPath(view.path()),
              view.state(),
              view.wanted(),
              new UInt32(view.pid())
            })
        .toList();
  }

  private void register(Call call) {
    var variables = strings((Map<?, ?>) call.arguments().get(0));
    var options = new LinkedHashMap<String, Object>();
    ((Map<?, ?>) call.arguments().get(1))
        .forEach((name, value) -> options.put((String) name, ((Variant<?>) value).getValue()));
    sessions.register(
        variables,
        options,
        call,
        outcome -> {
          switch (outcome) {
            case SessionDoor.Outcome.Registered(int id) ->
                call.answer("o", new DBusPath(SessionObject.path(id)));
            case SessionDoor.Outcome.Refused(String errorName, String text) ->
                call.fail(errorName, text);
          }
        });
  }

  private void unregister(Call call, String path) {
    if (sessions.unregister(SessionObject.idOfPath(path))) {
      call.answer("");
    } else {
      call.fail(Errors.NO_SUCH_SESSION, path + " is not a session");
    }
  }

  private static void report(Call call, SessionDoor.Outcome.@Nullable Refused refused) {
    if (refused == null) {
      call.answer("");
    } else {
      call.fail(refused.errorName(), refused.text());
    }
  }

  private static Map<String, String> strings(Map<?, ?> map) {
    var strings = new LinkedHashMap<String, String>();
    map.forEach((name, value) -> strings.put((String) name, (String) value));
    return strings;
  }

  private static List<String> strings(List<?> list) {
    return list.stream().map(String.class::cast).toList();
  }
}
