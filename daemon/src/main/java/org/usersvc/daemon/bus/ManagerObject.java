package org.usersvc.daemon.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.Version;
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

  /** Callers whose rescan has not begun; one scan will do for all of them. */
  private final List<Call> rescans = new ArrayList<>();

  private boolean scanning;

  ManagerObject(Supervisor supervisor, SessionDoor sessions, ServiceVerbs verbs) {
    this.supervisor = supervisor;
    this.sessions = sessions;
    this.verbs = verbs;
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
      case "Rescan" -> rescan(call);
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

  private void withService(Call call, java.util.function.Consumer<Supervised> action) {
    String name = (String) call.arguments().getFirst();
    var process = find(name);
    if (process != null) {
      action.accept(process);
      return;
    }
    String reason = supervisor.refusal(name);
    boolean there = !name.isEmpty() && supervisor.exists(name);
    call.fail(
        there ? Errors.NOT_SUPERVISED : Errors.NO_SUCH_SERVICE,
        NativeText.printable(name) + ": " + (reason == null ? reason(there) : reason));
  }

  private String reason(boolean there) {
    return there
        ? "not supervised by this daemon"
        : "no such service in " + supervisor.scanDirectory();
  }

  private @Nullable Supervised find(String name) {
    var process = supervisor.find(name);
    return process == null && name.contains("\\x")
        ? supervisor.find(WireText.unprinted(name))
        : process;
  }

  private void rescan(Call call) {
    rescans.add(call);
    if (!scanning) {
      scan();
    }
  }

  private void scan() {
    var callers = List.copyOf(rescans);
    rescans.clear();
    scanning = !callers.isEmpty();
    if (scanning) {
      supervisor.rescan(() -> {
        callers.forEach(caller -> caller.answer(""));
        scan();
      });
    }
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
