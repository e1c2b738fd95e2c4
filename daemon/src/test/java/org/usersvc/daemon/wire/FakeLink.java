package org.usersvc.daemon.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keeps what it was to send, after it went through the codec. */
public final class FakeLink implements Link {
  private final List<String> signals = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final ArrayDeque<Consumer<Reply>> unanswered = new ArrayDeque<>();
  private final Map<String, List<Runnable>> callers = new HashMap<>();
  private final String address;

  /**
   * @param address of the bus; empty for a direct peer
   */
  public FakeLink(String address) {
    this.address = address;
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
    return 1;
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
