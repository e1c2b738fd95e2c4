package org.usersvc.client.log;

import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/** The exact bytes of the messages, and nothing else. */
record MessageLines(Output output) implements Merge.Sink {
  private static final byte[] NEWLINE = {'\n'};

  @Override
  public void take(LogReader line) throws LostOutputException {
    output.out(line.bytes(), line.start(), line.end() - line.start());
    output.out(NEWLINE, 0, 1);
  }
}
