package org.usersvc.client.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.usersvc.client.socket.BrokenAnswerException;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.UnreachableException;

/**
 * The daemon's facts about a service.
 *
 * @param name of its log, the first of its names, native text, empty if unknown
 * @param directory of the service, native text, empty if unknown
 * @param hasLogger whether it has a log service
 * @param loggerPid of the log service, 0 if it does not run
 */
record DaemonKnowledge(String name, String directory, boolean hasLogger, long loggerPid) {
  static final DaemonKnowledge NOTHING = new DaemonKnowledge("", "", false, 0);

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** Asks the daemon; no facts if there is no daemon, or no such service. */
  static DaemonKnowledge of(String service, ControlSocket socket) {
    var answer = new ByteArrayOutputStream();
    try {
      var output = new Output(answer, OutputStream.nullOutputStream());
      socket.ask(request(service), output, false, Duration.ZERO);
      return parse(answer.toByteArray());
    } catch (UnreachableException | BrokenAnswerException | IOException nobodyThere) {
      return NOTHING;
    }
  }

  private static byte[] request(String service) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("verb", "status");
      json.writeArrayFieldStart("services");
      json.writeString(service);
      json.writeEndArray();
      json.writeStringField("format", "json");
      json.writeEndObject();
    }
    return (bytes.toString(US_ASCII) + "\n").getBytes(US_ASCII);
  }

  static DaemonKnowledge parse(byte[] document) throws IOException {
    String name = "";
    String directory = "";
    boolean hasLogger = false;
    long pid = 0;
    try (JsonParser json = FACTORY.createParser(document)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return NOTHING;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "name" -> name = json.getText();
          case "dir" -> directory = json.getText();
          case "log" -> {
            hasLogger = true;
            pid = pid(json);
          }
          default -> json.skipChildren();
        }
      }
    }
    return new DaemonKnowledge(name, directory, hasLogger, pid);
  }

  private static long pid(JsonParser json) throws IOException {
    long pid = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals("pid");
      json.nextToken();
      pid = wanted ? json.getLongValue() : pid;
      json.skipChildren();
    }
    return pid;
  }
}
