package org.usersvc.daemon.bus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.wire.BadAddress;
import org.usersvc.daemon.wire.BusAddress;
import org.usersvc.daemon.wire.Link;

/**
 * Distinguishes buses: all ways to write the address of one bus have one key. <b>Loop thread
 * only.</b>
 */
public final class BusIdentity {
  /** Keys of sockets that lead to a bus which has another key. */
  private final Map<String, String> others = new HashMap<>();

  private final Sessions sessions;
  private final String runtime;

  /**
   * Begins without buses.
   *
   * @param runtime {@code $XDG_RUNTIME_DIR}
   */
  public BusIdentity(Sessions sessions, String runtime) {
    this.sessions = sessions;
    this.runtime = runtime;
  }

  /** The socket of the bus of the runtime directory. */
  String runtimeBus() {
    return runtime + "/bus";
  }

  List<String> candidates(String address) throws BadAddress {
    return BusAddress.parse(address, runtime);
  }

  /** The key of the bus at an address. */
  String of(String address) {
    String socket = socket(address);
    return others.getOrDefault(socket, socket);
  }

  private String socket(String address) {
    try {
      return candidates(address).getFirst();
    } catch (BadAddress ignored) { // this is logged when the bus is opened
      return address;
    }
  }

  /** The sessions whose bus is the one at the other end, oldest first. */
  public List<Session> sessionsOf(Link link) {
    return link.isBus() ? sessionsOf(of(link.address())) : List.of();
  }

  List<Session> sessionsOf(String key) {
    return sessions.all().stream().filter(session -> isOn(session, key)).toList();
  }

  /** The sessions that were on that bus when it was lost. */
  List<Session> lostOn(String key) {
    return sessions.all().stream()
        .filter(session -> !session.standing().lostBus().isEmpty())
        .filter(session -> of(session.standing().lostBus()).equals(key))
        .toList();
  }

  private boolean isOn(Session session, String key) {
    String address = session.bus();
    return address != null && of(address).equals(key);
  }

  /** Makes {@code one} another key of the bus of key {@code other}. */
  void same(String one, String other) {
    others.put(one, other);
  }

  /** Forgets the other keys of a bus that is gone. */
  void forget(String key) {
    others.values().removeIf(key::equals);
  }
}
