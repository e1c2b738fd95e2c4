package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.face.Table;

/** The methods for the manager's environment. */
final class EnvironmentMethods implements Table.Part<Desk> {
  @Override
  public void declare(Table.Members members) {
    members
        .value("Environment", "as")
        .verb("SetEnvironment", "as", "")
        .verb("UnsetEnvironment", "as", "")
        .verb("UnsetAndSetEnvironment", "asas", "");
  }

  /** Its only property. */
  @Override
  public Object value(Desk desk, String property) {
    return desk.environment().assignments();
  }

  @Override
  public void perform(Desk desk, Call call) {
    var first = texts(call.arguments().getFirst());
    switch (call.member()) {
      case "SetEnvironment" -> change(desk, call, List.of(), first);
      case "UnsetEnvironment" -> change(desk, call, first, List.of());
      case "UnsetAndSetEnvironment" -> change(desk, call, first, texts(call.arguments().getLast()));
      default -> throw Table.Part.unknown(call.member());
    }
  }

  static List<String> texts(Object argument) {
    var texts = new ArrayList<String>();
    if (argument instanceof List<?> list) {
      list.forEach(text -> texts.add(String.valueOf(text)));
    }
    return texts;
  }

  /** What is refused does not keep the rest from being done. */
  private static void change(Desk desk, Call call, List<String> unset, List<String> assignments) {
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
    desk.environment().change(call, names, set, refused);
  }

  /** What is unset may be a name, or an assignment. */
  private static String nameIn(String assignment) {
    int equals = assignment.indexOf('=');
    return equals < 0 ? assignment : assignment.substring(0, equals);
  }
}
