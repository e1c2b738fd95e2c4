package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A whole answer of the control socket. */
record Reply(List<String> out, List<String> err, int status) {
  private static final int NONE = -1;

  /** Asks and reads until the daemon closes. */
  static Reply to(Path socket, String request) throws IOException {
    try (var client = new Client(socket)) {
      return rest(client.send(request + "\n"));
    }
  }

  /** What is left of an answer. */
  static Reply rest(Client client) throws IOException {
    var out = new ArrayList<String>();
    var err = new ArrayList<String>();
    int status = NONE;
    for (var line = client.line(); line != null; line = client.line()) {
      String text = line.substring(2);
      switch (line.substring(0, 2)) {
        case "1 " -> out.add(text);
        case "2 " -> err.add(text);
        case "= " -> status = Integer.parseInt(text);
        case "0 " -> {} // a sign of life
        default -> throw new AssertionError("not of the protocol: " + line);
      }
    }
    return new Reply(out, err, status);
  }

  /** Fails the test unless the answer ended so. */
  Reply expect(int wanted) {
    if (status != wanted) {
      throw new AssertionError("expected status " + wanted + " in " + this);
    }
    return this;
  }
}
