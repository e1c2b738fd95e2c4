package org.usersvc.systemd.dbus;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.extension.Departure;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.wire.Link;

/**
 * The programs that buses have started themselves, which are their descendants. A stop of {@code
 * dbus.service} ends them and leaves the bus; GNOME does that at logout. The end of the daemon
 * leaves them alone. <b>Loop thread only.</b>
 */
public final class Activated implements Departure {
  /** So long a unit may take to stop, where nothing else is said. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final SessionBuses buses;
  private final Mechanisms mechanisms;
  private boolean isLeaving;

  public Activated(SessionBuses buses, Mechanisms mechanisms) {
    this.buses = buses;
    this.mechanisms = mechanisms;
  }

  /** Asks all of them to end, does not wait for it, and kills those that have not in time. */
  void end() {
    if (!isLeaving) {
      buses.all().forEach(this::end);
    }
  }

  /** The bus itself knows its pid; whoever has made its socket may be another process. */
  private void end(Link bus) {
    bus.call(
        Link.Request.ofBus("GetConnectionUnixProcessID", "s", Link.Request.BUS),
        reply -> {
          if (reply instanceof Link.Reply.Values(var values)
              && values.getFirst() instanceof Number pid) {
            mechanisms.census().ask(table -> end(pid.intValue(), table));
          }
        });
  }

  private void end(int bus, ProcessTable table) {
    var entry = table.find(bus);
    if (entry == null) {
      return;
    }
    String invocation = entry.invocation() == null ? "" : entry.invocation();
    var own = new ProcessTable.Unit(invocation, Map.of(bus, entry.start()));
    var ended = new LinkedHashMap<Integer, Long>();
    for (int pid : table.family(own)) {
      var program = table.find(pid);
      if (pid != bus && program != null) {
        mechanisms.processes().signal(pid, Signal.TERM);
        ended.put(pid, program.start());
      }
    }
    if (!ended.isEmpty()) {
      Runnable late = () -> mechanisms.census().ask(now -> kill(ended, now));
      mechanisms.turns().alarm().set(PATIENCE, late);
    }
  }

  /** Kills the processes that are still the same. */
  private void kill(Map<Integer, Long> programs, ProcessTable table) {
    programs.forEach((pid, start) -> {
      var entry = table.find(pid);
      if (!isLeaving && entry != null && entry.start() == start) {
        mechanisms.processes().signal(pid, Signal.KILL);
      }
    });
  }

  @Override
  public void stop(Runnable done) {
    isLeaving = true;
    done.run();
  }

  @Override
  public void hurry() {} // it waits for nothing
}
