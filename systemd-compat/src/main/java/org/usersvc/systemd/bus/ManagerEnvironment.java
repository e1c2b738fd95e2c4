package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.bus.Call;
import org.usersvc.daemon.bus.CallerPid;
import org.usersvc.daemon.bus.Extension;
import org.usersvc.daemon.bus.Link;
import org.usersvc.daemon.bus.StandardErrors;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.session.Session;

/**
 * The manager's environment, which is that of sessions: what is set belongs to the session of the
 * display that it names, else to that of the bus on which it is set, else to that of the caller's
 * display, else to the caller's parent. <b>Loop thread only.</b>
 */
final class ManagerEnvironment {

  private final Extension.Host host;
  private final Sessions sessions;

  ManagerEnvironment(Extension.Host host) {
    this.host = host;
    this.sessions = host.desk().sessions();
  }

  /** All that services are given, as {@code NAME=VALUE}; what is not UTF-8 is left out. */
  List<String> assignments() {
    var all = new ArrayList<String>();
    host.desk()
        .activation()
        .current()
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
   */
  void change(Call call, List<String> unset, Map<String, String> set) {
    if (isOfBus(call) && host.desk().upload().takeEcho(call.link(), set)) {
      call.answer("");
    } else {
      CallerPid.of(call, pid -> change(call, unset, set, pid));
    }
  }

  /** Whether the bus itself calls, for whoever has changed its environment. */
  private static boolean isOfBus(Call call) {
    return call.link().isBus() && call.sender().equals(Link.Request.BUS);
  }

  private void change(Call call, List<String> unset, Map<String, String> set, int caller) {
    unset(unset, set);
    if (set.isEmpty()) {
      call.answer("");
      return;
    }
    var variables = new LinkedHashMap<>(set);
    if (call.link().isBus()) {
      variables.putIfAbsent(Session.BUS, call.link().address());
    }
    int leader = leader(call, Environment.of(set), caller);
    var outcome =
        sessions.register(new Registration(Environment.of(variables), "", leader, caller));
    String text = NativeText.printable(outcome.describe());
    switch (outcome) {
      case Outcome.Registered _, Outcome.Changed _ -> call.answer("");
      case Outcome.InvalidName _, Outcome.InvalidValue _ ->
          call.fail(StandardErrors.INVALID_ARGS, text);
      case Outcome.TooManySessions _ -> call.fail(StandardErrors.LIMITS_EXCEEDED, text);
      case Outcome.NoLeader _ -> call.fail(StandardErrors.FAILED, text);
    }
  }

  /** From every session that has them; what then is still there comes from elsewhere. */
  private void unset(List<String> unset, Map<String, String> set) {
    var names = new ArrayList<String>();
    var current = host.desk().activation().current();
    for (String each : unset) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      boolean isMeant = equals < 0 || each.substring(equals + 1).equals(current.value(name));
      if (isMeant && !set.containsKey(name)) {
        names.add(name);
      }
    }
    sessions.take(names);
    host.desk().activation().unset(names);
  }

  /** The leader of the session that the variables belong to; 0: that of the caller. */
  private int leader(Call call, Environment set, int caller) {
    int behind = sessions.leaderOf(new Registration(set, "", 0, 0));
    if (behind != 0) {
      return behind;
    }
    var link = call.link();
    var ofBus = host.desk().keys().sessionsOf(link);
    if (!ofBus.isEmpty()) {
      return ofBus.getLast().leader().pid();
    }
    int behindCaller = sessions.leaderOf(new Registration(environmentOf(caller), "", 0, 0));
    return behindCaller == 0 && isOfBus(call) ? caller : behindCaller;
  }

  private Environment environmentOf(int pid) {
    try {
      return sessions.environmentOf(pid);
    } catch (FileFault ignored) { // it is gone, or another user's
      return Environment.EMPTY;
    }
  }
}
