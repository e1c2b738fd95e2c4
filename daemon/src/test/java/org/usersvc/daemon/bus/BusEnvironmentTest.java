package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.activation.SessionFixture;
import org.usersvc.daemon.wire.FakeLink;

final class BusEnvironmentTest {
  private static final String BUS_VARIABLE = "DBUS_SESSION_BUS_ADDRESS";
  private static final String CALL = "org.freedesktop.DBus UpdateActivationEnvironment";

  @TempDir private Path root;
  private final FakeLink first = new FakeLink("unix:path=/first");
  private final FakeLink second = new FakeLink("unix:path=/second");
  private SessionFixture desk;
  private BusEnvironment upload;

  @BeforeEach
  void begin() {
    desk = new SessionFixture(root);
    upload =
        new BusEnvironment(
            new BusIdentity(desk.sessions, root.toString()),
            desk.sessions,
            desk.activation,
            desk.loop);
    upload.add(first);
  }

  @AfterEach
  void end() {
    desk.close();
  }

  /** What a bus is told in the next turn, as one map; empty if it is told nothing. */
  private String told(FakeLink link) {
    desk.loop.runOneTurn(false);
    var calls = link.takeCalls();
    assertThat(calls.size()).as("messages of one turn: %s", calls).isLessThanOrEqualTo(1);
    return String.join("", calls).replace(CALL, "");
  }

  @Test
  void aBusIsToldWhatIsNotInTheBase() throws IOException {
    assertThat(told(first)).isEmpty();
    desk.register(desk.leader(), "DISPLAY", ":1", BUS_VARIABLE, "unix:path=/first");
    assertThat(told(first)).isEqualTo("[{DISPLAY=:1}]");
    upload.add(second);
    assertThat(told(second)).isEqualTo("[{DISPLAY=:1}]");
    assertThat(told(first)).isEmpty();
  }

  @Test
  void whatIsTakenAwayIsSetEmptyOnce() throws IOException {
    var session = desk.register(desk.leader(), "A", "1", "B", "2");
    assertThat(told(first)).isEqualTo("[{A=1, B=2}]");
    desk.sessions.unregister(session.id());
    assertThat(told(first)).isEqualTo("[{A=, B=}]");
    desk.register(desk.leader(), "C", "3");
    assertThat(told(first)).isEqualTo("[{C=3}]");
  }

  @Test
  void whatTheBaseHasComesBackWithItsValue() throws IOException {
    var session = desk.register(desk.leader(), "PATH", "/opt/bin:/bin");
    assertThat(told(first)).isEqualTo("[{PATH=/opt/bin:/bin}]");
    desk.sessions.unregister(session.id());
    assertThat(told(first)).isEqualTo("[{PATH=/bin}]");
    desk.activation.unset(List.of("PATH"));
    assertThat(told(first)).isEqualTo("[{PATH=}]");
  }

  @Test
  void manyChangesOfOneTurnAreOneMessage() throws IOException {
    int leader = desk.leader();
    for (int i = 0; i < 100; i++) {
      desk.register(leader, "A", Integer.toString(i));
    }
    assertThat(told(first)).isEqualTo("[{A=99}]");
  }

  @Test
  void whatComesAndGoesWithinATurnIsNotTold() throws IOException {
    desk.sessions.unregister(desk.register(desk.leader(), "A", "1").id());
    assertThat(told(first)).isEmpty();
  }

  @Test
  void aBusHasItsOwnSessionsBeforeOthers() throws IOException {
    upload.add(second);
    int one = desk.leader();
    int two = desk.leader();
    desk.register(one, "DISPLAY", ":1", BUS_VARIABLE, "unix:path=/first,guid=" + "0".repeat(32));
    desk.register(two, "DISPLAY", ":2", BUS_VARIABLE, "unix:path=/second", "B", "1");
    assertThat(told(first)).isEqualTo("[{B=1, DISPLAY=:1}]");
    assertThat(told(second)).isEqualTo("[{B=1, DISPLAY=:2}]");
    desk.register(one, "DISPLAY", ":3");
    assertThat(desk.activation.current().value("DISPLAY"))
        .as("hidden by the newer")
        .isEqualTo(":2");
    assertThat(told(first)).isEqualTo("[{DISPLAY=:3}]");
    assertThat(told(second)).isEmpty();
  }

  @Test
  void whatIsSetByHandCountsOnEveryBus() throws IOException {
    desk.register(desk.leader(), "A", "1", BUS_VARIABLE, "unix:path=/first");
    assertThat(told(first)).isEqualTo("[{A=1}]");
    desk.activation.set(Map.of("A", "2"));
    assertThat(told(first)).isEqualTo("[{A=2}]");
    desk.activation.unset(List.of("A"));
    assertThat(told(first)).isEqualTo("[{A=}]");
  }

  @Test
  void whatABusCannotCarryIsLeftOut() throws IOException {
    desk.register(desk.leader(), "A", "x\udcff", "B", "ü");
    assertThat(told(first)).isEqualTo("[{B=ü}]");
  }

  @Test
  void aBusThatIsLeftIsToldNothing() throws IOException {
    upload.remove(first);
    desk.register(desk.leader(), "A", "1");
    assertThat(told(first)).isEmpty();
    assertThat(upload.takeEcho(first, Map.of("A", "1"))).isFalse();
  }

  @Test
  void whatABusSaysBackIsAnEchoEvenWhenItIsOutdated() throws IOException {
    int leader = desk.leader();
    desk.register(leader, "A", "1");
    told(first);
    desk.register(leader, "A", "2");
    told(first);
    assertThat(upload.takeEcho(first, Map.of("A", "1"))).as("on its way meanwhile").isTrue();
    assertThat(upload.takeEcho(first, Map.of("A", "2"))).isTrue();
    assertThat(upload.takeEcho(first, Map.of("A", "1"))).as("somebody sets it").isFalse();
    assertThat(upload.takeEcho(first, Map.of("A", "2"))).as("it is so already").isTrue();
    assertThat(upload.takeEcho(first, Map.of("A", "2", "B", "1"))).isFalse();
  }

  @Test
  void anEchoOfSomethingTakenAwayIsOneToo() throws IOException {
    var session = desk.register(desk.leader(), "A", "1");
    told(first);
    desk.sessions.unregister(session.id());
    told(first);
    assertThat(upload.takeEcho(first, Map.of("A", "1"))).isTrue();
    assertThat(upload.takeEcho(first, Map.of("A", ""))).isTrue();
    assertThat(upload.takeEcho(first, Map.of("A", ""))).isFalse();
  }

  @Test
  void aBusThatSaysNothingBackIsNotRememberedForEver() throws IOException {
    int leader = desk.leader();
    for (int i = 0; i < 100; i++) {
      desk.register(leader, "A", Integer.toString(i));
      told(first);
    }
    assertThat(upload.takeEcho(first, Map.of("A", "0"))).isFalse();
    assertThat(upload.takeEcho(first, Map.of("A", "98"))).isTrue();
  }
}
