package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;

/** {@code org.freedesktop.systemd1.Manager}, as far as it is there. <b>Loop thread only.</b> */
final class SystemdManager implements Served {
  private static final Interface TYPE =
      Interface.load(SystemdManager.class, "org.freedesktop.systemd1.Manager");

  /** The version of systemd whose interface this is. */
  private static final String VERSION = "252 (usersvc)";

  private final ManagerEnvironment environment;

  SystemdManager(ManagerEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Interface type() {
    return TYPE;
  }

  @Override
  public Object value(String property) {
    return switch (property) {
      case "Version" -> VERSION;
      case "Environment" -> environment.assignments();
      default -> throw new IllegalArgumentException("no property " + property);
    };
  }

  @Override
  public void call(Call call) {
    var arguments = call.arguments();
    switch (call.member()) {
      case "Subscribe", "Unsubscribe" -> call.answer("");
      case "SetEnvironment" -> change(call, List.of(), texts(arguments.getFirst()));
      case "UnsetEnvironment" -> change(call, texts(arguments.getFirst()), List.of());
      case "UnsetAndSetEnvironment" ->
          change(call, texts(arguments.getFirst()), texts(arguments.getLast()));
      default -> throw new IllegalArgumentException("no method " + call.member());
    }
  }

  private static List<String> texts(Object argument) {
    var texts = new ArrayList<String>();
    if (argument instanceof List<?> list) {
      list.forEach(text -> texts.add(String.valueOf(text)));
    }
    return texts;
  }

  /** What is refused does not keep the rest from being done. */
  private void change(Call call, List<String> unset, List<String> assignments) {
    var names = new ArrayList<String>();
    var set = new LinkedHashMap<String, String>();
    var refused = new ArrayList<String>();
    for (String each : unset) {
      (Environment.isName(nameIn(each)) ? names : refused).add(each);
    }
    for (String each : assignments) {
      String name = nameIn(each);
      if (Environment.isName(name) && name.length() < each.length()) {
        set.put(name, each.substring(name.length() + 1));
      } else {
        refused.add(each);
      }
    }
    if (!refused.isEmpty() && names.isEmpty() && set.isEmpty()) {
      String first = refused.getFirst();
      call.fail(StandardErrors.INVALID_ARGS, "Invalid environment assignment or name: " + first);
      return;
    }
    environment.change(call, names, set, refused);
  }

  /** What is unset may be a name, or an assignment. */
  private static String nameIn(String assignment) {
    int equals = assignment.indexOf('=');
    return equals < 0 ? assignment : assignment.substring(0, equals);
  }
}
