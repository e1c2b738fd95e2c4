package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.CallerPid;
import org.usersvc.daemon.wire.Link;
import org.usersvc.daemon.wire.StandardErrors;

/**
 * The manager's environment, which is that of sessions; the {@link Host} says whose it is. <b>Loop
 * thread only.</b>
 */
final class ManagerEnvironment {
  private static final int MOST_SHOWN = 60;

  private final Host host;

  ManagerEnvironment(Host host) {
    this.host = host;
  }

  /** All that services are given, as {@code NAME=VALUE}; what is not UTF-8 is left out. */
  List<String> assignments() {
    var all = new ArrayList<String>();
    host.environment()
        .variables()
        .forEach((name, value) -> {
          String assignment = name + "=" + value;
          if (NativeText.isUtf8(assignment)) {
            all.add(assignment);
          }
        });
    return all;
  }

  /**
   * Unsets, then sets, then answers.
   *
   * @param unset names, and assignments of what is unset only if it has that value
   * @param set what is set
   * @param refused words that are neither; they are logged
   */
  void change(Call call, List<String> unset, Map<String, String> set, List<String> refused) {
    for (String each : refused) {
      host.warn("D-Bus: " + shortened(each) + " is no NAME or NAME=VALUE, leaving it out");
    }
    boolean isBus = call.link().isBus() && call.sender().equals(Link.Request.BUS);
    if (isBus && host.takeEcho(call.link(), set)) {
      call.answer("");
    } else {
      CallerPid.of(call, pid -> change(call, new Host.Origin(call.link(), pid, isBus), unset, set));
    }
  }

  private static String shortened(String text) {
    return NativeText.printable(
        text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text);
  }

  private void change(Call call, Host.Origin origin, List<String> unset, Map<String, String> set) {
    var outcome = host.change(origin, unset, set);
    String text = NativeText.printable(outcome.describe());
    switch (outcome) {
      case Outcome.Registered _, Outcome.Changed _ -> call.answer("");
      case Outcome.InvalidName _, Outcome.InvalidValue _ ->
          call.fail(StandardErrors.INVALID_ARGS, text);
      case Outcome.TooManySessions _ -> call.fail(StandardErrors.LIMITS_EXCEEDED, text);
      case Outcome.NoLeader _ -> call.fail(StandardErrors.FAILED, text);
    }
  }
}
