package org.usersvc.daemon.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.supervise.Platform;

/**
 * The message buses that the daemon is on: those of sessions, that of the runtime directory, and
 * those that were handed to it. A bus that is gone is dropped, and sessions that had it end.
 * <b>Loop thread only.</b>
 */
public final class Buses implements LinkOwner {
  /** On so many buses at once. */
  private static final int MOST = 16;

  /** A socket can be seen a moment before anybody listens at it. */
  private static final Duration AGAIN = Duration.ofMillis(20);

  private static final int MOST_SHOWN = 200;
  private static final int MOST_TRIES = 8;
  private static final String BUS_VARIABLE = "DBUS_SESSION_BUS_ADDRESS";

  private final Map<String, Bus> buses = new LinkedHashMap<>();
  private final Set<String> complained = new HashSet<>();
  private final List<Consumer<Link>> onReady = new ArrayList<>();
  private final Platform platform;
  private final Parts parts;
  private final Sessions sessions;
  private int tries;

  /**
   * What the buses are used with.
   *
   * @param name to be owned on every bus
   * @param runtime {@code $XDG_RUNTIME_DIR}, in which a bus may come and go
   */
  public record Parts(
      Transport transport,
      Calls calls,
      Links links,
      EnvironmentUpload upload,
      String name,
      String runtime) {

    String runtimeBus() {
      return runtime + "/bus";
    }
  }

  /** One bus: its connection, and who waits for it. */
  private static final class Bus {
    private final boolean handed;
    private final List<Consumer<String>> waiting = new ArrayList<>();
    private @Nullable BusConnection connection;
    private boolean ready;

    Bus(boolean handed) {
      this.handed = handed;
    }
  }

  public Buses(Platform platform, Parts parts, Sessions sessions) {
    this.platform = platform;
    this.parts = parts;
    this.sessions = sessions;
    sessions.onChange(this::review);
  }

  /** Has the action run for every bus that the daemon comes to be on. */
  public void onReady(Consumer<Link> action) {
    onReady.add(action);
  }

  /** Goes on the buses that there are already. */
  public void begin() {
    review();
    runtimeBusMayBeThere();
  }

  /** To be called when something has changed at the path of the runtime directory's bus. */
  public void runtimeBusChanged() {
    tries = 0;
    runtimeBusMayBeThere();
  }

  private void runtimeBusMayBeThere() {
    String address = "unix:path=" + parts.runtimeBus();
    if (buses.containsKey(key(address)) || !exists(parts.runtimeBus())) {
      return;
    }
    try {
      platform.files().close(parts.transport().connect(parts.runtimeBus()));
    } catch (FileFault ignored) { // left by a dead bus, or a living one does not listen yet
      if (++tries < MOST_TRIES) {
        platform.loop().timers().after(AGAIN.multipliedBy(tries), this::runtimeBusMayBeThere);
      }
      return;
    }
    open(address, true);
  }

  private boolean exists(String path) {
    try {
      return platform.files().stat(FileSystem.ABSOLUTE, path) != null;
    } catch (FileFault ignored) { // as good as absent
      return false;
    }
  }

  /**
   * Goes on a bus that no session has named.
   *
   * @param answer told once: empty when the bus can be used, else why it cannot
   */
  public void take(String address, Consumer<String> answer) {
    var known = buses.get(key(address));
    if (known != null && known.ready) {
      answer.accept("");
      return;
    }
    if (known == null) {
      open(address, true);
      known = buses.get(key(address));
    }
    if (known == null) {
      answer.accept("the bus at " + quoted(address) + " cannot be used; see the daemon's log");
    } else {
      known.waiting.add(answer);
    }
  }

  /** Two ways to write the address of one bus have one key. */
  private String key(String address) {
    try {
      return BusAddress.parse(address, parts.runtime()).getFirst().socket();
    } catch (BadAddress ignored) { // it is told when the bus is to be opened
      return address;
    }
  }

  private void review() {
    var wanted = new LinkedHashSet<String>();
    for (var session : sessions.all()) {
      String address = session.bus();
      if (address != null && wanted.add(key(address)) && !buses.containsKey(key(address))) {
        open(address, false);
      }
    }
    for (var bus : List.copyOf(buses.entrySet())) {
      if (!bus.getValue().handed && !wanted.contains(bus.getKey())) {
        drop(bus.getKey(), bus.getValue());
      }
    }
    complained.removeIf(key -> !wanted.contains(key) && !buses.containsKey(key));
  }

  private void open(String address, boolean handed) {
    String key = key(address);
    if (buses.size() >= MOST) {
      complain(key, address, "the daemon is on 16 buses already");
      return;
    }
    try {
      var bus = new Bus(handed);
      buses.put(key, bus);
      var candidates = BusAddress.parse(address, parts.runtime());
      bus.connection =
          BusConnection.open(
              parts.transport(),
              new BusConnection.Plan(address, candidates, parts.name(), parts.calls(), this));
    } catch (BadAddress bad) {
      buses.remove(key);
      complain(key, address, String.valueOf(bad.getMessage()));
    }
  }

  private void complain(String key, String address, String reason) {
    if (complained.add(key)) {
      platform.messages().warn("bus " + quoted(address) + ": " + reason + ", going on without it");
    }
  }

  private static String quoted(String address) {
    String text = NativeText.printable(address);
    return "'" + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text) + "'";
  }

  private void drop(String key, Bus bus) {
    buses.remove(key);
    var connection = bus.connection;
    if (connection != null) {
      parts.links().remove(connection);
      parts.upload().remove(connection);
      connection.close();
    }
  }

  @Override
  public void ready(Link link) {
    var bus = buses.get(key(link.address()));
    if (bus == null || bus.connection != link) {
      return;
    }
    bus.ready = true;
    complained.remove(key(link.address()));
    parts.links().add(link);
    parts.upload().add(link);
    onReady.forEach(action -> action.accept(link));
    if (link.address().equals("unix:path=" + parts.runtimeBus())) {
      registerRuntimeBus(link);
    }
    bus.waiting.forEach(answer -> answer.accept(""));
    bus.waiting.clear();
  }

  /** Whoever looks for a bus finds this one; so services are told of it too. */
  private void registerRuntimeBus(Link link) {
    sessions.register(
        new Registration(
            Environment.of(Map.of(BUS_VARIABLE, link.address())), "bus", link.peerPid(), 0));
  }

  @Override
  public void lost(Link link, String reason) {
    String key = key(link.address());
    var bus = buses.get(key);
    if (bus == null || bus.connection != link) {
      return;
    }
    drop(key, bus);
    bus.waiting.forEach(answer -> answer.accept(reason));
    if (!bus.ready) {
      complain(key, link.address(), reason);
      return;
    }
    platform.messages().info("bus " + quoted(link.address()) + ": " + reason);
    for (var session : sessions.all()) {
      String address = session.bus();
      if (address != null && key(address).equals(key)) {
        sessions.busLost(address);
      }
    }
    runtimeBusChanged();
  }

  /** Leaves all buses. */
  public void close() {
    for (var bus : List.copyOf(buses.entrySet())) {
      drop(bus.getKey(), bus.getValue());
    }
  }
}
