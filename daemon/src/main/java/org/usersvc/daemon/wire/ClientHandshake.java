package org.usersvc.daemon.wire;

import org.usersvc.daemon.model.NativeText;

/**
 * We connect to a bus and say our uid.
 *
 * <pre>
 * C: NUL AUTH EXTERNAL 31303030
 * S: OK 1234deadbeef1234deadbeef1234dead
 * C: NEGOTIATE_UNIX_FD
 * S: AGREE_UNIX_FD            or ERROR: then nobody sends us descriptors
 * C: BEGIN
 * </pre>
 */
final class ClientHandshake implements Handshake {
  private final int uid;
  private String guid = "";
  private boolean askedForMore;

  ClientHandshake(int uid) {
    this.uid = uid;
  }

  @Override
  public String greeting() {
    return "\0AUTH EXTERNAL " + Hex.encodeText(Integer.toString(uid)) + "\r\n";
  }

  @Override
  public Step line(String line) {
    if (!guid.isEmpty() && (line.equals("AGREE_UNIX_FD") || line.startsWith("ERROR"))) {
      return new Step.Done("BEGIN\r\n", guid);
    }
    if (line.startsWith("OK ") && guid.isEmpty()) {
      guid = line.substring(3).strip();
      return new Step.More("NEGOTIATE_UNIX_FD\r\n");
    }
    if ((line.equals("DATA") || line.startsWith("DATA ")) && !askedForMore) {
      askedForMore = true;
      return new Step.More("DATA\r\n");
    }
    if (line.startsWith("REJECTED")) {
      return new Step.Refused("the bus refuses uid " + uid);
    }
    return new Step.Refused("no bus: it says " + NativeText.printable(line));
  }
}
