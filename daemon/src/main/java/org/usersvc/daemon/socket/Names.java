package org.usersvc.daemon.socket;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.Services;

/** Services by the names that clients give. */
final class Names {
  private static final int MOST_SHOWN = 10;

  private Names() {}

  /** The service of that name; null if there is none: then the client gets the reason. */
  static @Nullable Commanded find(Services services, String name, Answer answer) {
    return switch (services.lookUp(name)) {
      case LookUp.Found(var service) -> service;
      case LookUp.NotSupervised(String reason) -> fail(name, reason, answer);
      case LookUp.NoSuchService(String reason) -> fail(name, reason, answer);
    };
  }

  /** A line for people who ask for all services. */
  static String refused(Map<String, String> reasons) {
    var names = List.copyOf(reasons.keySet());
    String first = names.getFirst();
    String why = NativeText.printable(first) + ": " + reasons.get(first);
    if (names.size() == 1) {
      return "usersvc: not supervised: " + why;
    }
    String shown = String.join(", ", names.subList(0, Math.min(names.size(), MOST_SHOWN)));
    String more = names.size() > MOST_SHOWN ? ", ..." : "";
    return "usersvc: "
        + names.size()
        + " services are not supervised: "
        + NativeText.printable(shown)
        + more
        + "; "
        + why;
  }

  private static @Nullable Commanded fail(String name, String reason, Answer answer) {
    answer.err("fail: " + NativeText.printable(name) + ": " + reason);
    return null;
  }
}
