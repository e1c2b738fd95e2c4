package org.usersvc.daemon.bus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.session.Session;

/**
 * Keeps what the buses give to programs that they start in step with the activation environment. A
 * bus gets what its own sessions have before what others have. A variable cannot be taken from a
 * bus: it is set empty there. <b>Loop thread only.</b>
 */
public final class EnvironmentUpload {
  private final BusKeys keys;
  private final Activation activation;

  /** What each bus has been told. */
  private final Map<Link, Map<String, String>> told = new HashMap<>();

  public EnvironmentUpload(BusKeys keys, Activation activation) {
    this.keys = keys;
    this.activation = activation;
    activation.onChange(this::update);
  }

  void add(Link link) {
    told.put(link, new TreeMap<>());
    update(link);
  }

  void remove(Link link) {
    told.remove(link);
  }

  /** Whether a bus says no more than what it was told itself. */
  public boolean isEcho(Link link, Map<String, String> variables) {
    return told.getOrDefault(link, Map.of()).entrySet().containsAll(variables.entrySet());
  }

  private void update() {
    List.copyOf(told.keySet()).forEach(this::update);
  }

  private void update(Link link) {
    var before = told.getOrDefault(link, Map.of());
    var wanted = wanted(link);
    before.forEach((name, value) -> wanted.putIfAbsent(name, ""));
    var changes = new TreeMap<>(wanted);
    changes.entrySet().removeAll(before.entrySet());
    if (!changes.isEmpty()) {
      told.put(link, wanted);
      link.call(
          Link.Request.ofBus("UpdateActivationEnvironment", "a{ss}", changes),
          _ -> {}); // a bus that does not want it has its own ways
    }
  }

  private Map<String, String> wanted(Link link) {
    var current = activation.preferring(keys.sessionsOf(link));
    var wanted = new TreeMap<String, String>();
    for (String name : activation.base().differences(current)) {
      String value = current.value(name);
      String text = value == null ? "" : value;
      if (Environment.isName(name) && !name.equals(Session.BUS) && NativeText.isUtf8(text)) {
        wanted.put(name, text);
      }
    }
    return wanted;
  }
}
