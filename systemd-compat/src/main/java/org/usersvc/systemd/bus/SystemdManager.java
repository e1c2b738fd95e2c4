package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.bus.Call;
import org.usersvc.daemon.bus.Interface;
import org.usersvc.daemon.bus.Served;
import org.usersvc.daemon.bus.StandardErrors;
import org.usersvc.daemon.model.Environment;

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

  private void change(Call call, List<String> unset, List<String> assignments) {
    var set = new LinkedHashMap<String, String>();
    String wrong = split(assignments, set);
    if (wrong == null) {
      wrong = unset.stream().filter(SystemdManager::isUnfit).findFirst().orElse(null);
    }
    if (wrong != null) {
      call.fail(StandardErrors.INVALID_ARGS, "Invalid environment assignment or name: " + wrong);
      return;
    }
    environment.change(call, unset, set);
  }

  /** What is unset may be a name, or an assignment. */
  private static boolean isUnfit(String unset) {
    int equals = unset.indexOf('=');
    return !Environment.isName(equals < 0 ? unset : unset.substring(0, equals));
  }

  /** Splits assignments; the first that is none, null if all are fine. */
  private static @Nullable String split(List<String> assignments, Map<String, String> into) {
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 0 || !Environment.isName(assignment.substring(0, equals))) {
        return assignment;
      }
      into.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return null;
  }
}
