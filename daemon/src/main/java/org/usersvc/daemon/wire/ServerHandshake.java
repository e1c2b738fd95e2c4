package org.usersvc.daemon.wire;

/**
 * A peer connects to us. Its claimed uid counts only if the kernel confirms it.
 *
 * <pre>
 * C: NUL AUTH EXTERNAL 31303030          libdbus, GDBus: line by line
 * S: OK 1234deadbeef1234deadbeef1234dead
 * C: NEGOTIATE_UNIX_FD
 * S: AGREE_UNIX_FD
 * C: BEGIN
 *
 * C: NUL AUTH EXTERNAL, DATA, NEGOTIATE_UNIX_FD, BEGIN and the first call in one go    sd-bus
 * S: DATA, OK 1234deadbeef1234deadbeef1234dead, AGREE_UNIX_FD
 * </pre>
 */
final class ServerHandshake implements Handshake {
  private static final int MOST_LINES = 32;
  private static final String EXTERNAL = "AUTH EXTERNAL";

  private enum Phase {
    FIRST,
    AUTHENTICATING,
    IDENTIFYING,
    BEGINNING
  }

  private final int uid;
  private final String guid;
  private Phase phase = Phase.FIRST;
  private int lines;

  /**
   * @param uid of the peer, by the kernel
   * @param guid our own
   */
  ServerHandshake(int uid, String guid) {
    this.uid = uid;
    this.guid = guid;
  }

  @Override
  public String greeting() {
    return "";
  }

  @Override
  public Step line(String line) {
    lines++;
    if (lines > MOST_LINES) {
      return new Step.Refused("it does not authenticate itself");
    }
    return switch (phase) {
      case FIRST -> first(line);
      case AUTHENTICATING -> authenticating(line);
      case IDENTIFYING -> identifying(line);
      case BEGINNING -> beginning(line);
    };
  }

  private Step first(String line) {
    if (!line.startsWith("\0")) {
      return new Step.Refused("it does not speak D-Bus");
    }
    phase = Phase.AUTHENTICATING;
    return authenticating(line.substring(1));
  }

  private Step authenticating(String line) {
    if (line.equals(EXTERNAL)) {
      phase = Phase.IDENTIFYING;
      return say("DATA");
    }
    if (line.startsWith(EXTERNAL + " ")) {
      return identity(line.substring(EXTERNAL.length() + 1));
    }
    if (line.equals("AUTH") || line.startsWith("AUTH ") || line.startsWith("ERROR")) {
      return rejected();
    }
    return line.equals("BEGIN")
        ? new Step.Refused("it begins without having authenticated itself")
        : say("ERROR");
  }

  private Step identifying(String line) {
    if (line.equals("DATA")) {
      return accepted();
    }
    if (line.startsWith("DATA ")) {
      return identity(line.substring(5));
    }
    return line.equals("CANCEL") || line.startsWith("ERROR") ? rejected() : say("ERROR");
  }

  private Step beginning(String line) {
    if (line.equals("BEGIN")) {
      return new Step.Done("", guid);
    }
    if (line.equals("NEGOTIATE_UNIX_FD")) {
      return say("AGREE_UNIX_FD");
    }
    return line.equals("CANCEL") || line.startsWith("ERROR") ? rejected() : say("ERROR");
  }

  private Step identity(String digits) {
    return Hex.decodeText(digits.strip()).equals(Integer.toString(uid)) ? accepted() : rejected();
  }

  private Step accepted() {
    phase = Phase.BEGINNING;
    return say("OK " + guid);
  }

  private Step rejected() {
    phase = Phase.AUTHENTICATING;
    return say("REJECTED EXTERNAL");
  }

  private static Step say(String line) {
    return new Step.More(line + "\r\n");
  }
}
