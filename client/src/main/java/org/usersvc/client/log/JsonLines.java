package org.usersvc.client.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativeText;
import org.usersvc.client.socket.Output;

/** A JSON document for each line; stray bytes are escapes as in {@link NativeText}. */
final class JsonLines implements Merge.Sink {
  private final Output output;
  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .build();

  JsonLines(Output output) {
    this.output = output;
  }

  @Override
  public void take(LogReader line) throws LostOutputException {
    byte[] document = document(line);
    output.out(document, 0, document.length);
  }

  private byte[] document(LogReader line) {
    var bytes = new ByteArrayOutputStream(256);
    byte[] message = Arrays.copyOfRange(line.bytes(), line.start(), line.end());
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("time", Instant.ofEpochSecond(0, line.time()).toString());
      json.writeStringField("service", line.name());
      json.writeStringField("message", NativeText.decode(message));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
