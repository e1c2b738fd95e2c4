package org.usersvc.client.log;

import java.time.Instant;
import java.util.Arrays;
import org.usersvc.client.socket.JsonLine;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativeText;
import org.usersvc.client.socket.Output;

/** A JSON document for each line; stray bytes are escapes as in {@link NativeText}. */
final class JsonLines implements Merge.Sink {
  private final Output output;

  JsonLines(Output output) {
    this.output = output;
  }

  @Override
  public void take(LogReader line) throws LostOutputException {
    byte[] document = document(line);
    output.out(document, 0, document.length);
  }

  private static String by(LogReader line) {
    return line.isOfDaemon() || LogRoot.isOfDaemon(line.directory()) ? "usersvcd" : "service";
  }

  private byte[] document(LogReader line) {
    byte[] message = Arrays.copyOfRange(line.bytes(), line.start(), line.end());
    return JsonLine.of(json -> {
      json.writeStringField("time", Instant.ofEpochSecond(0, line.time()).toString());
      json.writeStringField("service", line.name());
      json.writeStringField("by", by(line));
      json.writeStringField("message", NativeText.decode(message));
    });
  }
}
