package org.usersvc.client.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What is asked of the daemon. {@code json}: the answer's lines shall be JSON documents. */
record Request(String verb, Subject subject, Detail detail, boolean json) {
  /** The longest line that the daemon takes, with its newline. */
  static final int MAX_BYTES = 65536;

  /** Whom it is about. The interface writes itself: a switch over types costs a start-up. */
  sealed interface Subject {
    void write(JsonGenerator generator) throws IOException;
  }

  record Services(List<String> names) implements Subject {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeArrayFieldStart("services");
      for (String name : names) {
        generator.writeString(name);
      }
      generator.writeEndArray();
    }
  }

  record Directory(String path) implements Subject {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStringField("dir", path);
    }
  }

  /** Nobody, or no further detail. */
  enum None implements Subject, Detail {
    NONE;

    @Override
    public void write(JsonGenerator generator) {}
  }

  /** What the verb has besides. */
  sealed interface Detail {
    void write(JsonGenerator generator) throws IOException;
  }

  record Wait(long millis) implements Detail {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeNumberField("wait_ms", millis);
    }
  }

  record Letters(String letters) implements Detail {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStringField("letters", letters);
    }
  }

  /** {@code status}: exit 3 if one is not running. */
  enum Check implements Detail {
    CHECK;

    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeBooleanField("check", true);
    }
  }

  /** The request line, in ASCII; stray bytes of names are escaped as lone surrogates. */
  byte[] line() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = factory.createGenerator(bytes)) {
      generator.writeStartObject();
      generator.writeNumberField("v", 1);
      generator.writeStringField("verb", verb);
      subject.write(generator);
      detail.write(generator);
      generator.writeStringField("format", json ? "json" : "text");
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
