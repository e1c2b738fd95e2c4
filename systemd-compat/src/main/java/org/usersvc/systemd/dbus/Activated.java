package org.usersvc.systemd.dbus;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.extension.Departure;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessEnvironment;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.wire.Link;

/**
 * The programs that buses have started themselves. They are their descendants, or know the address
 * of the bus that has started them: some dbus-daemons let go of what they start. A stop of {@code
 * dbus.service} ends them and leaves the bus; GNOME does that at logout. The end of the daemon
 * leaves them alone. <b>Loop thread only.</b>
 */
public final class Activated implements Departure {
  /** So long a unit may take to stop, where nothing else is said. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String STARTER = "DBUS_STARTER_ADDRESS";

  private final SessionBuses buses;
  private final Mechanisms mechanisms;
  private final IntFunction<Optional<String>> starters;
  private boolean isLeaving;

  public Activated(SessionBuses buses, Mechanisms mechanisms) {
    this(buses, mechanisms, pid -> starter(mechanisms.files(), pid));
  }

  /**
   * @param starters the address of the bus that has started a process
   */
  Activated(SessionBuses buses, Mechanisms mechanisms, IntFunction<Optional<String>> starters) {
    this.buses = buses;
    this.mechanisms = mechanisms;
    this.starters = starters;
  }

  private static Optional<String> starter(FileSystem files, int pid) {
    try {
      return Optional.ofNullable(ProcessEnvironment.of(files, pid).value(STARTER));
    } catch (FileFault ignored) { // it has gone
      return Optional.empty();
    }
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
            mechanisms.census().ask(table -> end(bus.address(), pid.intValue(), table));
          }
        });
  }

  private void end(String address, int bus, ProcessTable table) {
    var entry = table.find(bus);
    if (entry == null) {
      return;
    }
    var ended = new LinkedHashMap<Integer, Long>();
    for (int pid : startedBy(address, entry, table)) {
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

  /** What runs as a unit is not among them, whoever has asked for it. */
  private Set<Integer> startedBy(String address, ProcessTable.Entry bus, ProcessTable table) {
    String invocation = bus.invocation() == null ? "" : bus.invocation();
    var own = new ProcessTable.Unit(invocation, Map.of(bus.pid(), bus.start()));
    var all = new LinkedHashSet<>(table.family(own));
    for (var process : table.all()) {
      if (process.invocation() == null
          && starters.apply(process.pid()).filter(from -> isSame(from, address)).isPresent()) {
        all.add(process.pid());
      }
    }
    return all;
  }

  /** A bus adds its id to the address that others give it. */
  private static boolean isSame(String one, String other) {
    return withoutId(one).equals(withoutId(other));
  }

  private static String withoutId(String address) {
    return address.replaceAll(",guid=[0-9a-f]*", "");
  }

  @Override
  public void stop(Runnable done) {
    isLeaving = true;
    done.run();
  }

  @Override
  public void hurry() {} // it waits for nothing
}
