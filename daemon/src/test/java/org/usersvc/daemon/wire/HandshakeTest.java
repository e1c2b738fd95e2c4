package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HandshakeTest {
  private static final String GUID = "0123456789abcdef0123456789abcdef";

  private final HandshakeReader server = new HandshakeReader(new ServerHandshake(1000, GUID));
  private final ClientHandshake clientSide = new ClientHandshake(1000);
  private final HandshakeReader client = new HandshakeReader(clientSide);

  private static int hear(HandshakeReader side, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return side.take(bytes, bytes.length);
  }

  private static String said(HandshakeReader side) {
    return new String(side.answers(), ISO_8859_1);
  }

  private static String ask(HandshakeReader side, String line) {
    hear(side, line + "\r\n");
    return said(side);
  }

  @Test
  void acceptsWhatSdBusSendsInOneGoAndLeavesTheFirstMessage() {
    String opening = "\0AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n";
    assertThat(hear(server, opening + "l\1\0\1")).isEqualTo(opening.length());
    assertThat(said(server)).isEqualTo("DATA\r\nOK " + GUID + "\r\nAGREE_UNIX_FD\r\n");
    assertThat(server.outcome()).isEqualTo(new Handshake.Step.Done("", GUID));
  }

  @Test
  void acceptsItByteByByte() {
    for (char c : "\0AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n".toCharArray()) {
      assertThat(server.outcome()).isNull();
      assertThat(hear(server, String.valueOf(c))).isOne();
    }
    assertThat(said(server)).isEqualTo("DATA\r\nOK " + GUID + "\r\nAGREE_UNIX_FD\r\n");
    assertThat(server.outcome()).isInstanceOf(Handshake.Step.Done.class);
  }

  @Test
  void acceptsLibdbusLineByLine() {
    assertThat(ask(server, "\0AUTH EXTERNAL 31303030")).isEqualTo("OK " + GUID + "\r\n");
    assertThat(ask(server, "NEGOTIATE_UNIX_FD")).isEqualTo("AGREE_UNIX_FD\r\n");
    assertThat(ask(server, "BEGIN")).isEmpty();
    assertThat(server.outcome()).isInstanceOf(Handshake.Step.Done.class);
  }

  @Test
  void acceptsGdbusThatAsksFirstWhatThereIs() {
    assertThat(ask(server, "\0AUTH")).isEqualTo("REJECTED EXTERNAL\r\n");
    assertThat(ask(server, "AUTH EXTERNAL 31303030")).isEqualTo("OK " + GUID + "\r\n");
    assertThat(ask(server, "BEGIN")).isEmpty();
    assertThat(server.outcome()).isInstanceOf(Handshake.Step.Done.class);
  }

  @Test
  void whoClaimsToBeAnotherIsRejected() {
    assertThat(ask(server, "\0AUTH EXTERNAL 30")).isEqualTo("REJECTED EXTERNAL\r\n");
    assertThat(ask(server, "AUTH EXTERNAL")).isEqualTo("DATA\r\n");
    assertThat(ask(server, "DATA 30")).isEqualTo("REJECTED EXTERNAL\r\n");
    assertThat(ask(server, "AUTH EXTERNAL 3")).isEqualTo("REJECTED EXTERNAL\r\n");
    assertThat(ask(server, "AUTH EXTERNAL zz")).isEqualTo("REJECTED EXTERNAL\r\n");
    assertThat(ask(server, "AUTH ANONYMOUS")).isEqualTo("REJECTED EXTERNAL\r\n");
    assertThat(ask(server, "BEGIN")).isEmpty();
    assertThat(server.outcome()).isInstanceOf(Handshake.Step.Refused.class);
  }

  @Test
  void whoTakesBackWhatHeSaidBeginsAnew() {
    ask(server, "\0AUTH EXTERNAL 31303030");
    assertThat(ask(server, "CANCEL")).isEqualTo("REJECTED EXTERNAL\r\n");
    assertThat(ask(server, "HUH")).isEqualTo("ERROR\r\n");
    assertThat(ask(server, "AUTH EXTERNAL 31303030")).startsWith("OK ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n", "AUTH EXTERNAL 31303030\r\n", "\0BEGIN\r\n"})
  void whoDoesNotSpeakDbusIsCutOff(String text) {
    hear(server, text);
    assertThat(server.outcome()).isInstanceOf(Handshake.Step.Refused.class);
  }

  @Test
  void aLineWithoutEndIsCutOff() {
    int taken = hear(server, "\0" + "A".repeat(5000));
    assertThat(taken).isLessThan(1100);
    assertThat(server.outcome()).isInstanceOf(Handshake.Step.Refused.class);
  }

  @Test
  void whoOnlyTriesIsCutOff() {
    ask(server, "\0AUTH");
    for (int i = 0; i < 40 && server.outcome() == null; i++) {
      ask(server, "AUTH");
    }
    assertThat(server.outcome()).isInstanceOf(Handshake.Step.Refused.class);
  }

  @Test
  void weSayWhoWeAreAndBegin() {
    assertThat(clientSide.greeting()).isEqualTo("\0AUTH EXTERNAL 31303030\r\n");
    assertThat(ask(client, "OK " + GUID)).isEqualTo("NEGOTIATE_UNIX_FD\r\n");
    assertThat(ask(client, "AGREE_UNIX_FD")).isEqualTo("BEGIN\r\n");
    assertThat(client.outcome()).isEqualTo(new Handshake.Step.Done("BEGIN\r\n", GUID));
  }

  @Test
  void aBusWithoutDescriptorsIsABus() {
    ask(client, "OK " + GUID);
    assertThat(ask(client, "ERROR")).isEqualTo("BEGIN\r\n");
    assertThat(client.outcome()).isEqualTo(new Handshake.Step.Done("BEGIN\r\n", GUID));
  }

  @Test
  void weAnswerTheQuestionWhoWeAreOnce() {
    assertThat(ask(client, "DATA")).isEqualTo("DATA\r\n");
    assertThat(ask(client, "DATA")).isEmpty();
    assertThat(client.outcome()).isInstanceOf(Handshake.Step.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REJECTED EXTERNAL", "HTTP/1.1 400", "", "ERROR", "OK", "AGREE_UNIX_FD"})
  void weGiveUpAtAnythingElse(String line) {
    assertThat(ask(client, line)).isEmpty();
    assertThat(client.outcome()).isInstanceOf(Handshake.Step.Refused.class);
  }

  @Test
  void garbageIsShownInOneLine() {
    hear(client, "\033[2J\377\r\n");
    assertThat(client.outcome())
        .isEqualTo(new Handshake.Step.Refused("no bus: it says \\x1b[2J\u00ff"));
  }
}
