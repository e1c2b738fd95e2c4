package org.usersvc.daemon.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.freedesktop.dbus.types.UInt32;

/** Keeps what it was to send, after it went through the codec. */
public final class FakeLink implements Link {
  private final List<String> signals = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final ArrayDeque<Consumer<Reply>> unanswered = new ArrayDeque<>();
  private final Map<String, List<Runnable>> callers = new HashMap<>();
  private final String address;
  private int caller;

  /**
   * @param address of the bus; empty for a direct peer
   */
  public FakeLink(String address) {
    this.address = address;
  }

  /**
   * One that knows who calls.
   *
   * @param caller the process of the peer, and of every name on the bus
   */
  public FakeLink(String address, int caller) {
    this(address);
    this.caller = caller;
  }

  public FakeLink() {
    this("unix:path=/fake");
  }

  @Override
  public boolean isBus() {
    return !address.isEmpty();
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public int peerPid() {
    return caller == 0 ? 1 : caller;
  }

  @Override
  public void signal(
      String path, String interfaceName, String member, String signature, Object... values) {
    String sent = RoundTrip.text(RoundTrip.through(signature, values));
    signals.add(path.replace("/org/usersvc1", "") + " " + member + sent);
  }

  @Override
  public void signal(Request directed) {
    var sent = RoundTrip.through(directed.signature(), directed.values().toArray());
    signals.add(directed.destination() + " " + directed.member() + RoundTrip.text(sent));
  }

  @Override
  public Runnable whenGone(String sender, Runnable action) {
    callers.computeIfAbsent(sender, _ -> new ArrayList<>()).add(action);
    return () -> callers.get(sender).remove(action);
  }

  /** A caller leaves the bus. */
  public void leave(String sender) {
    List.copyOf(callers.get(sender)).forEach(Runnable::run);
  }

  @Override
  public void call(Request request, Consumer<Reply> reply) {
    var sent = RoundTrip.through(request.signature(), request.values().toArray());
    requests.add(request.destination() + " " + request.member() + RoundTrip.text(sent));
    unanswered.add(reply);
    if (caller != 0 && request.member().equals("GetConnectionUnixProcessID")) {
      reply(new Reply.Values(List.of(new UInt32(caller))));
    }
  }

  /** Whether it has a call that is not answered. */
  public boolean isAsked() {
    return !unanswered.isEmpty();
  }

  /** Answers the eldest call. */
  public void reply(Reply reply) {
    unanswered.remove().accept(reply);
  }

  /** The signals since the last time, as {@code /service/foo PropertiesChanged[...]}. */
  public List<String> take() {
    return taken(signals);
  }

  /** The calls since the last time, as {@code org.freedesktop.DBus Hello[...]}. */
  public List<String> takeCalls() {
    return taken(requests);
  }

  private static List<String> taken(List<String> from) {
    var taken = List.copyOf(from);
    from.clear();
    return taken;
  }
}
