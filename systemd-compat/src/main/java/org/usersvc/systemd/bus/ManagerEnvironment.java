package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.bus.Call;
import org.usersvc.daemon.bus.CallerPid;
import org.usersvc.daemon.bus.Extension;
import org.usersvc.daemon.bus.Link;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.session.Session;

/**
 * The manager's environment, which is that of sessions: what is set belongs to the session of the
 * display that it names, else to that of the bus on which it is set, else to that of the caller's
 * display, else to the caller's parent. <b>Loop thread only.</b>
 */
final class ManagerEnvironment {
  private static final String FAILED = "org.freedesktop.DBus.Error.Failed";
  private static final int MOST = 8 * 1024 * 1024;

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

  /** Unsets, then sets, then answers. */
  void change(Call call, List<String> unset, Map<String, String> set) {
    if (call.sender().equals(Link.Request.BUS)) {
      if (!host.desk().upload().takeEcho(call.link(), set)) {
        change(call, unset, set, 0);
      } else {
        call.answer("");
      }
      return;
    }
    CallerPid.of(call, pid -> change(call, unset, set, pid));
  }

  private void change(Call call, List<String> unset, Map<String, String> set, int caller) {
    if (!unset.isEmpty()) {
      unset(unset, set);
    }
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
    if (outcome instanceof Outcome.Registered) {
      call.answer("");
    } else {
      call.fail(FAILED, NativeText.printable(outcome.describe()));
    }
  }

  /** From every session that has them; what then is still there comes from elsewhere. */
  private void unset(List<String> names, Map<String, String> set) {
    var removal = new HashMap<String, @Nullable String>();
    names.stream().filter(name -> !set.containsKey(name)).forEach(name -> removal.put(name, null));
    sessions.all().forEach(session -> sessions.change(session.id(), removal));
    host.desk().activation().unset(List.copyOf(removal.keySet()));
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
    return behindCaller == 0 && caller == 0 ? link.peerPid() : behindCaller;
  }

  private Environment environmentOf(int pid) {
    try {
      return Environment.parse(
          host.platform().files().read(FileSystem.ABSOLUTE, "/proc/" + pid + "/environ", MOST));
    } catch (FileFault ignored) { // it is gone, or another user's
      return Environment.EMPTY;
    }
  }
}
