package org.usersvc.daemon.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.usersvc.daemon.extension.Host.Origin;
import org.usersvc.daemon.wire.BadAddress;
import org.usersvc.daemon.wire.BusConnection;
import org.usersvc.daemon.wire.BusMonitor;
import org.usersvc.daemon.wire.CallerPid;
import org.usersvc.daemon.wire.Link;
import org.usersvc.daemon.wire.Transport;

/**
 * Takes over the variables that programs give to a bus, as {@code
 * dbus-update-activation-environment} without {@code --systemd} does. An empty value unsets a
 * variable. <b>Loop thread only.</b>
 */
public final class EnvironmentDownload {
  private final Map<Link, BusMonitor> monitors = new HashMap<>();
  private final Transport transport;
  private final BusIdentity keys;
  private final CallerEnvironment callers;

  public EnvironmentDownload(Transport transport, BusIdentity keys, CallerEnvironment callers) {
    this.transport = transport;
    this.keys = keys;
    this.callers = callers;
  }

  void add(Link link) {
    if (link instanceof BusConnection bus) {
      try {
        var candidates = keys.candidates(link.address());
        var monitor =
            BusMonitor.open(
                transport, candidates, link, (sender, variables) -> heard(bus, sender, variables));
        if (monitor != null) {
          monitors.put(link, monitor);
        }
      } catch (BadAddress ignored) { // the daemon has connected with this address
      }
    }
  }

  void remove(Link link) {
    var monitor = monitors.remove(link);
    if (monitor != null) {
      monitor.close();
    }
  }

  private void heard(BusConnection bus, String sender, Map<String, String> variables) {
    if (sender.equals(bus.uniqueName())) {
      return; // an update by the daemon itself
    }
    CallerPid.ofName(bus, sender, pid -> take(new Origin(bus, pid, false), variables));
  }

  private void take(Origin origin, Map<String, String> variables) {
    var set = new LinkedHashMap<>(variables);
    set.values().removeIf(String::isEmpty);
    var unset = new ArrayList<>(variables.keySet());
    unset.removeAll(set.keySet());
    callers.unset(origin, unset, set);
    callers.set(origin, set);
  }
}
