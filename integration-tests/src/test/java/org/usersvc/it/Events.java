package org.usersvc.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The daemon's own account of what happens, from the moment this is opened. */
final class Events implements AutoCloseable {
  private final Client client;
  private final List<String> seen = new ArrayList<>();

  Events(Daemon daemon) throws IOException {
    client = new Client(daemon.socket());
    client.send("{\"verb\":\"events\"}\n");
    daemon.ask("version").expect(0); // what came before has been read by then
  }

  /** Waits for the next change of the service to the state. */
  void await(String service, String state) throws IOException {
    for (var line = client.line(); line != null; line = client.line()) {
      seen.add(line);
      if (line.contains(" " + service + ": ") && line.contains(" -> " + state)) {
        return;
      }
    }
    throw new AssertionError("no more events after " + seen);
  }

  /** Everything that has been read so far. */
  List<String> seen() {
    return seen;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
