package org.usersvc.daemon.bus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the signals that it was to send, after they went through the codec. */
final class FakeLink implements Link {
  private final List<String> signals = new ArrayList<>();

  @Override
  public boolean isBus() {
    return true;
  }

  @Override
  public String address() {
    return "unix:path=/fake";
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
  public void call(Request request, Consumer<Reply> reply) {
    throw new AssertionError("nobody is called: " + request + Arrays.asList(reply));
  }

  /** The signals since the last time, as {@code /service/foo PropertiesChanged[...]}. */
  List<String> take() {
    var taken = List.copyOf(signals);
    signals.clear();
    return taken;
  }
}
