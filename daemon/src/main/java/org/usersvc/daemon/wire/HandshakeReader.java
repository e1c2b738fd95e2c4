package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/** Cuts the bytes before the first message into lines for the handshake. */
final class HandshakeReader {
  private final Handshake handshake;
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder answers = new StringBuilder();
  private Handshake.@Nullable Step last;

  HandshakeReader(Handshake handshake) {
    this.handshake = handshake;
  }

  /**
   * Takes bytes until the handshake is over.
   *
   * @return how many it has taken
   */
  int take(byte[] bytes, int length) {
    int taken = 0;
    while (taken < length && !isOver()) {
      line.append((char) (bytes[taken] & 0xff));
      taken++;
      if (line.length() >= 2 && line.charAt(line.length() - 2) == '\r' && endsInNewline()) {
        hear(line.substring(0, line.length() - 2));
        line.setLength(0);
      } else if (line.length() > Handshake.LONGEST_LINE) {
        last = new Handshake.Step.Refused("no D-Bus: a line of more than 1 KiB");
      }
    }
    return taken;
  }

  private boolean endsInNewline() {
    return line.charAt(line.length() - 1) == '\n';
  }

  private void hear(String text) {
    var step = handshake.line(text);
    last = step;
    switch (step) {
      case Handshake.Step.More(String say) -> answers.append(say);
      case Handshake.Step.Done(String say, String _) -> answers.append(say);
      case Handshake.Step.Refused _ -> {}
    }
  }

  private boolean isOver() {
    return last instanceof Handshake.Step.Done || last instanceof Handshake.Step.Refused;
  }

  /** The last step, or null if the handshake goes on. */
  Handshake.@Nullable Step outcome() {
    return isOver() ? last : null;
  }

  /** The answers since the last call, to be sent. */
  byte[] answers() {
    byte[] bytes = answers.toString().getBytes(ISO_8859_1);
    answers.setLength(0);
    return bytes;
  }
}
