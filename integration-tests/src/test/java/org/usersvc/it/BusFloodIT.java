package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that ask too much, or what cannot be understood. */
@ExtendWith(TreeExtension.class)
final class BusFloodIT {
  private static final int FLOOD = 10_000;
  private static final String PRIVATE = "systemd/private";

  private static Wire.Message listServices() {
    return Wire.Message.bare(
        "org.usersvc1", "/org/usersvc1", "org.usersvc1.Manager", "ListServices");
  }

  /** Every other door opens while the calls are being answered. */
  private static void everybodyElseIsServed(Tree tree, Daemon daemon) throws IOException {
    var web = tree.service("web");
    web.letters("d");
    web.awaitDown();
    daemon.ask("status", "web").expect(0);
    tree.usersvc("up", "web").expect(0);
    web.awaitUp();
    tree.sv("status", "web").expect(0);
  }

  @Test
  void tenThousandCallsHoldUpNobody(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    web.awaitUp();
    var bus = Bus.usual(Desktop.ofOurselves(tree)).awaitSession(tree);
    int descriptors = daemon.descriptorsAtRest();
    try (var wire = Wire.bus(bus)) {
      long begun = System.nanoTime();
      var sent = wire.flood(listServices(), FLOOD);
      everybodyElseIsServed(tree, daemon);
      long served = System.nanoTime();
      int answers = 0;
      for (int i = 0; i < FLOOD; i++) {
        answers += wire.awaitReply() == Wire.RETURN ? 1 : 0;
      }
      Wire.awaitEnd(sent);
      System.out.println(
          "flood: others served after %d ms, %d of %d calls done after %d ms"
              .formatted(
                  (served - begun) / 1_000_000,
                  answers,
                  FLOOD,
                  (System.nanoTime() - begun) / 1_000_000));
    }
    bus.manager("GetService", "web").expect(0);
    daemon.awaitDescriptors(descriptors);
  }

  @Test
  void aFloodFromADirectPeerHoldsUpNobody(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    web.awaitUp();
    int descriptors = daemon.descriptorsAtRest();
    var message =
        Wire.Message.bare(
            "org.freedesktop.systemd1",
            "/org/freedesktop/systemd1",
            "org.freedesktop.systemd1.Manager",
            "Subscribe");
    try (var wire = Wire.peer("unix:path=" + tree.runtime().resolve(PRIVATE))) {
      var sent = wire.flood(message, FLOOD);
      everybodyElseIsServed(tree, daemon);
      for (int i = 0; i < FLOOD; i++) {
        assertThat(wire.awaitReply()).isIn(Wire.RETURN, Wire.ERROR);
      }
      Wire.awaitEnd(sent);
    }
    daemon.awaitDescriptors(descriptors);
  }

  @Test
  void aPeerThatReadsNothingIsDroppedOrHeldBack(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    web.awaitUp();
    int descriptors = daemon.descriptorsAtRest();
    var address = "unix:path=" + tree.runtime().resolve(PRIVATE);
    var message =
        Wire.Message.bare(
            "org.freedesktop.systemd1",
            "/org/freedesktop/systemd1",
            "org.freedesktop.DBus.Introspectable",
            "Introspect");
    long before = Proc.anonymousKib(daemon.pid());
    try (var wire = Wire.peer(address)) {
      wire.flood(message, FLOOD);
      everybodyElseIsServed(tree, daemon);
      assertThat(Proc.anonymousKib(daemon.pid()) - before).as("KiB more").isLessThan(32 * 1024);
    }
    daemon.awaitDescriptors(descriptors);
    everybodyElseIsServed(tree, daemon);
  }

  /** Bodies that their signatures do not fit, and what is no message at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage garbage garbage",
        "l\1\0\1\377\377\377\177\1\0\0\0\377\377\377\177",
        "l\1\0\1\0\0\0\0\0\0\0\0\0\0\0\0",
        "B\1\0\1\0\0\0\0\0\0\0\1\0\0\0\0",
        "x\1\0\1\0\0\0\0\1\0\0\0\0\0\0\0",
        "l\1\0\3\0\0\0\0\1\0\0\0\0\0\0\0"
      })
  void aPeerThatSendsNoMessageIsDropped(String bytes, Tree tree) throws IOException {
    var daemon = tree.start();
    int descriptors = daemon.descriptorsAtRest();
    try (var wire = Wire.peer("unix:path=" + tree.runtime().resolve(PRIVATE))) {
      wire.sendRaw(bytes.getBytes(ISO_8859_1));
      daemon.ask("list").expect(0);
      daemon.awaitDescriptors(descriptors);
    }
    daemon.ask("list").expect(0);
  }

  @Test
  void bodiesThatDoNotFitTheirSignatureAreAnsweredOrDropped(Tree tree) throws IOException {
    var daemon = tree.start();
    int descriptors = daemon.descriptorsAtRest();
    var address = "unix:path=" + tree.runtime().resolve(PRIVATE);
    for (var body : new String[] {"", "\377\377\377\177", "\5\0\0\0ab", "\1\0\0\0\377\0"}) {
      try (var wire = Wire.peer(address)) {
        wire.send(
            new Wire.Message(
                "org.freedesktop.systemd1",
                "/org/freedesktop/systemd1",
                "org.freedesktop.systemd1.Manager",
                "GetUnit",
                "s",
                body));
        try {
          assertThat(wire.awaitReply()).isEqualTo(Wire.ERROR);
        } catch (IOException ignored) { // it may be dropped instead
          assertThat(daemon.lives()).isTrue();
        }
      }
      daemon.ask("list").expect(0);
    }
    daemon.awaitDescriptors(descriptors);
  }

  @Test
  void aPeerThatNeverSaysWhoItIsIsDropped(Tree tree) throws IOException {
    var daemon = tree.start();
    int descriptors = daemon.descriptorsAtRest();
    try (var mute = new Client(tree.runtime().resolve(PRIVATE))) {
      mute.send("\0AUTH EXT");
      daemon.ask("list").expect(0);
      Await.answer(
          Duration.ofSeconds(40),
          "the peer to be let go",
          daemon::descriptors,
          count -> count <= descriptors);
    }
  }
}
