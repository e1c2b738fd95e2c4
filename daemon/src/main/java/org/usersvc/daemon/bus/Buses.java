package org.usersvc.daemon.bus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.wire.BadAddress;
import org.usersvc.daemon.wire.BusConnection;
import org.usersvc.daemon.wire.CallerPid;
import org.usersvc.daemon.wire.Calls;
import org.usersvc.daemon.wire.Emission;
import org.usersvc.daemon.wire.Link;
import org.usersvc.daemon.wire.LinkOwner;
import org.usersvc.daemon.wire.SignalTargets;
import org.usersvc.daemon.wire.Transport;

/**
 * The message buses to which the daemon is connected: those of sessions, that of the runtime
 * directory, and those that clients have named. A bus that is gone is dropped, and sessions go on
 * without it until it is back. <b>Loop thread only.</b>
 */
public final class Buses implements LinkOwner {
  /** The most buses at once. */
  private static final int MOST = 16;

  private static final int MOST_SHOWN = 200;

  private final Map<String, Bus> buses = new LinkedHashMap<>();
  private final Set<String> complained = new HashSet<>();
  private final Set<String> crowdedOut = new HashSet<>();
  private final List<Consumer<Link>> onReady = new ArrayList<>();
  private final List<BiConsumer<Link, Emission>> onEmitted = new ArrayList<>();
  private final Platform platform;
  private final Parts parts;
  private final Sessions sessions;
  private final RuntimeBus runtimeBus;

  /**
   * The parts that all buses use.
   *
   * @param name the name to own on every bus
   * @param keys know the runtime directory, whose bus may come and go
   */
  public record Parts(
      Transport transport,
      Calls calls,
      SignalTargets links,
      BusEnvironment upload,
      String name,
      BusIdentity keys) {}

  /** One bus: its connection, and the callers that wait for it. */
  private static final class Bus {
    /** Whether it is kept without a session. */
    private boolean kept;

    private final List<Consumer<String>> waiting = new ArrayList<>();
    private @Nullable BusConnection connection;
    private boolean ready;

    /** When it became ready, by the loop's clock, in nanoseconds. */
    private long readyAt;

    Bus(boolean kept) {
      this.kept = kept;
    }

    void answer(String trouble) {
      var askers = List.copyOf(waiting);
      waiting.clear();
      askers.forEach(answer -> answer.accept(trouble));
    }
  }

  public Buses(Platform platform, Parts parts, Sessions sessions) {
    this.platform = platform;
    this.parts = parts;
    this.sessions = sessions;
    var keys = parts.keys();
    this.runtimeBus = new RuntimeBus(platform, parts.transport(), keys, this::lookForRuntimeBus);
    sessions.onChange(this::review);
  }

  /** Registers an action to run for every bus that becomes ready. */
  public void onReady(Consumer<Link> action) {
    onReady.add(action);
  }

  /** Registers an action to run for every signal from a bus. */
  public void onEmitted(BiConsumer<Link, Emission> action) {
    onEmitted.add(action);
  }

  @Override
  public void emitted(Link link, Emission emission) {
    onEmitted.forEach(action -> action.accept(link, emission));
  }

  /** Connects to the buses that there are already. */
  public void begin() {
    review();
    lookForRuntimeBus();
  }

  /** To be called when something has changed at the path of the runtime directory's bus. */
  public void runtimeBusChanged() {
    runtimeBus.lookAnew();
  }

  private void lookForRuntimeBus() {
    runtimeBus.rest();
    var known = buses.get(runtimeBus.key());
    if (known != null) {
      keepAsRuntimeBus(known);
    } else if (runtimeBus.isListening()) {
      open(runtimeBus.address(), true);
    }
  }

  /** Keeps a bus that a session named before it was found in the runtime directory. */
  private void keepAsRuntimeBus(Bus bus) {
    boolean isNews = !bus.kept;
    bus.kept = true;
    if (isNews && bus.ready && bus.connection != null) {
      registerRuntimeBus(bus.connection);
    }
  }

  /**
   * Connects to a bus and keeps it even without sessions.
   *
   * @param answer called once: empty when the bus can be used, else the reason why not
   */
  public void take(String address, Consumer<String> answer) {
    String key = parts.keys().of(address);
    String trouble = buses.containsKey(key) ? "" : open(address, true);
    var bus = buses.get(key);
    if (bus == null) {
      answer.accept(unusable(address, trouble));
      return;
    }
    bus.kept = true;
    if (bus.ready) {
      answer.accept("");
    } else {
      bus.waiting.add(answer);
    }
  }

  private static String unusable(String address, String reason) {
    return "the bus at " + quoted(address) + " cannot be used: " + reason;
  }

  private void review() {
    var wanted = wanted();
    for (var bus : List.copyOf(buses.entrySet())) {
      if (!bus.getValue().kept && !wanted.containsKey(bus.getKey())) {
        drop(bus.getKey(), bus.getValue());
      }
    }
    complained.removeIf(key -> !wanted.containsKey(key) && !buses.containsKey(key));
    crowdedOut.retainAll(wanted.keySet());
    wanted.forEach(this::openForSession);
  }

  /** The buses of all sessions: their keys, and an address of each. */
  private Map<String, String> wanted() {
    var wanted = new LinkedHashMap<String, String>();
    for (var session : sessions.all()) {
      String address = session.bus();
      if (address != null) {
        wanted.putIfAbsent(parts.keys().of(address), address);
      }
    }
    return wanted;
  }

  private void openForSession(String key, String address) {
    String trouble = buses.containsKey(key) ? "" : open(address, false);
    if (!trouble.isEmpty()) {
      complain(key, address, trouble);
    }
  }

  /** Begins to connect; returns the reason if that is impossible, else empty. */
  private String open(String address, boolean kept) {
    String key = parts.keys().of(address);
    if (buses.size() >= MOST) {
      crowdedOut.add(key);
      return "the daemon is on 16 buses already";
    }
    crowdedOut.remove(key);
    try {
      var candidates = parts.keys().candidates(address);
      var bus = new Bus(kept);
      buses.put(key, bus);
      bus.connection =
          BusConnection.open(
              parts.transport(),
              new BusConnection.Plan(address, candidates, parts.name(), parts.calls(), this));
      return "";
    } catch (BadAddress bad) {
      return String.valueOf(bad.getMessage());
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
    String key = keyOf(link);
    var bus = buses.get(key);
    if (bus == null || joinTwin(key, bus)) {
      return;
    }
    bus.ready = true;
    bus.readyAt = platform.loop().clock().nanos();
    complained.remove(key);
    parts.links().add(link);
    parts.upload().add(link);
    onReady.forEach(action -> action.accept(link));
    sessions.busBack(parts.keys().lostOn(key));
    if (key.equals(runtimeBus.key())) {
      registerRuntimeBus(link);
    }
    bus.answer("");
  }

  /** The key of the bus of a connection, empty if it is no longer used. */
  private String keyOf(Link link) {
    for (var bus : buses.entrySet()) {
      if (bus.getValue().connection == link) {
        return bus.getKey();
      }
    }
    return "";
  }

  /** Gives up the new connection if the daemon is on the same bus by another socket. */
  private boolean joinTwin(String key, Bus bus) {
    for (var other : List.copyOf(buses.entrySet())) {
      var twin = other.getValue();
      if (twin.ready && guid(twin).equals(guid(bus))) {
        drop(key, bus);
        parts.keys().same(key, other.getKey());
        twin.kept |= bus.kept;
        bus.answer("");
        makeUseOfPlace();
        return true;
      }
    }
    return false;
  }

  private static String guid(Bus bus) {
    return bus.connection == null ? "" : bus.connection.guid();
  }

  /** Registers the runtime bus as a session, so that services find it as other programs do. */
  private void registerRuntimeBus(Link link) {
    var variables = Environment.of(Map.of(Session.BUS, runtimeBus.address()));
    CallerPid.ofBus(
        link,
        pid -> {
          if (!keyOf(link).isEmpty()) {
            sessions.register(new Registration(variables, "bus", pid, 0));
          }
        });
  }

  @Override
  public void lost(Link link, String reason) {
    String key = keyOf(link);
    var bus = buses.get(key);
    if (bus == null) {
      return;
    }
    drop(key, bus);
    boolean isRuntimeBus = key.equals(runtimeBus.key());
    if (bus.ready) {
      platform.messages().info("bus " + quoted(link.address()) + ": " + reason);
      leave(key);
      runtimeBus.left(bus.readyAt);
    }
    // A bus that is being killed accepts connections until its socket is closed.
    boolean isTriedAgain = isRuntimeBus && runtimeBus.tryAgain();
    if (!bus.ready && bus.waiting.isEmpty() && !isTriedAgain) {
      complain(key, link.address(), reason);
    }
    bus.answer(unusable(link.address(), reason));
    makeUseOfPlace();
  }

  private void leave(String key) {
    var left = parts.keys().sessionsOf(key);
    parts.keys().forget(key);
    sessions.busLost(left);
    review();
  }

  /** Connects to buses for which there was no place. */
  private void makeUseOfPlace() {
    wanted()
        .forEach((key, address) -> {
          if (crowdedOut.contains(key)) {
            openForSession(key, address);
          }
        });
  }

  /** Leaves all buses. */
  public void close() {
    runtimeBus.rest();
    for (var bus : List.copyOf(buses.entrySet())) {
      drop(bus.getKey(), bus.getValue());
      bus.getValue().answer("the daemon ends");
    }
  }
}
