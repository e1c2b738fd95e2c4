package org.usersvc.daemon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.freedesktop.dbus.types.UInt32;
import org.junit.jupiter.api.Test;

final class CallerPidTest {
  private final List<Integer> pids = new ArrayList<>();

  private FakeCall call(FakeLink link) {
    return new FakeCall(link, "/", "x.Y.Z", "");
  }

  @Test
  void theKernelKnowsADirectPeer() {
    CallerPid.of(call(new FakeLink("")), pids::add);
    assertThat(pids).containsExactly(1);
  }

  @Test
  void theBusKnowsItsClients() {
    var link = new FakeLink();
    CallerPid.of(call(link), pids::add);
    assertThat(link.takeCalls())
        .containsExactly("org.freedesktop.DBus GetConnectionUnixProcessID[:1.7]");
    assertThat(pids).isEmpty();
    link.reply(new Link.Reply.Values(List.of(new UInt32(812))));
    assertThat(pids).containsExactly(812);
  }

  @Test
  void whomTheBusDoesNotKnowIsZero() {
    for (var reply :
        List.of(
            new Link.Reply.Failed("org.freedesktop.DBus.Error.NameHasNoOwner", "gone"),
            new Link.Reply.Values(List.of()),
            new Link.Reply.Values(List.of("812")))) {
      var link = new FakeLink();
      CallerPid.of(call(link), pids::add);
      link.reply(reply);
    }
    assertThat(pids).containsExactly(0, 0, 0);
  }

  @Test
  void aBusThatDoesNotKnowItselfIsWhoListens() {
    var link = new FakeLink();
    CallerPid.ofBus(link, pids::add);
    assertThat(link.takeCalls())
        .containsExactly("org.freedesktop.DBus GetConnectionUnixProcessID[org.freedesktop.DBus]");
    link.reply(new Link.Reply.Failed("org.freedesktop.DBus.Error.NameHasNoOwner", "who?"));
    assertThat(pids).containsExactly(1);
  }
}
