package org.usersvc.daemon.bus;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.wire.Link;

/**
 * Keeps the environment that the buses give to programs equal to the activation environment. On a
 * bus its own sessions have precedence over others. A bus cannot unset a variable: it is set empty
 * there. <b>Loop thread only.</b>
 */
public final class BusEnvironment {
  /** The most messages to recognise when a bus sends them back; most buses never do. */
  private static final int MOST_UNECHOED = 16;

  private final BusIdentity keys;
  private final Activation activation;
  private final EventLoop loop;
  private @Nullable EnvironmentDownload download;
  private final Map<Link, Sent> sent = new LinkedHashMap<>();
  private boolean updateIsDue;

  /** The variables that a bus has been sent. */
  private static final class Sent {
    /** Its variables now that are not in the base. */
    private Map<String, String> values = Map.of();

    private final ArrayDeque<Map<String, String>> unechoed = new ArrayDeque<>();
  }

  /** Follows the sessions and the environment. */
  public BusEnvironment(
      BusIdentity keys, Sessions sessions, Activation activation, EventLoop loop) {
    this.keys = keys;
    this.activation = activation;
    this.loop = loop;
    activation.onChange(this::updateSoon);
    sessions.onChange(this::updateSoon);
  }

  /** Sets the object that takes over what other programs give to the buses. */
  public void alsoDownload(EnvironmentDownload other) {
    download = other;
  }

  void add(Link link) {
    if (download != null) {
      download.add(link);
    }
    var fresh = new Sent();
    sent.put(link, fresh);
    update(link, fresh);
  }

  void remove(Link link) {
    if (download != null) {
      download.remove(link);
    }
    sent.remove(link);
  }

  /**
   * Whether the variables are only an echo of an earlier update; a bus that knows a service manager
   * sends updates back. Each message is an echo once.
   */
  public boolean takeEcho(Link link, Map<String, String> variables) {
    var before = sent.get(link);
    if (before == null) {
      return false;
    }
    if (before.unechoed.contains(variables)) {
      while (!Objects.equals(before.unechoed.poll(), variables)) {} // echoes come in order
      return true;
    }
    return before.values.entrySet().containsAll(variables.entrySet());
  }

  private void updateSoon() {
    if (!updateIsDue && !sent.isEmpty()) {
      updateIsDue = true;
      loop.soon(this::updateAll);
    }
  }

  private void updateAll() {
    updateIsDue = false;
    sent.forEach(this::update);
  }

  private void update(Link link, Sent before) {
    var current = activation.preferring(keys.sessionsOf(link));
    var values = new TreeMap<String, String>();
    activation.base().differences(current).forEach(name -> put(values, name, current));
    var changes = new TreeMap<>(values);
    before.values.keySet().stream()
        .filter(name -> !values.containsKey(name))
        .forEach(name -> put(changes, name, current));
    changes.entrySet().removeAll(before.values.entrySet());
    if (changes.isEmpty()) {
      return;
    }
    before.values = values;
    before.unechoed.add(changes);
    if (before.unechoed.size() > MOST_UNECHOED) {
      before.unechoed.remove();
    }
    link.call(
        Link.Request.ofBus("UpdateActivationEnvironment", "a{ss}", changes),
        _ -> {}); // a bus may refuse it
  }

  private static void put(Map<String, String> values, String name, Environment from) {
    String value = Objects.requireNonNullElse(from.value(name), "");
    if (Environment.isName(name) && !name.equals(Session.BUS) && NativeText.isUtf8(value)) {
      values.put(name, value);
    }
  }
}
