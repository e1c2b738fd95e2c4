package org.usersvc.daemon.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.supervise.Said;
import org.usersvc.daemon.supervise.Supervised;

/** JSON documents, one a line; stray bytes of names are escapes as in {@link NativeText}. */
public final class Json {
  /** Everything beyond ASCII is escaped: lone surrogates have no UTF-8. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}

  /** Writes the members of one object. */
  @FunctionalInterface
  public interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  public static String object(Members members) {
    var text = new StringWriter(256);
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException impossible) { // a StringWriter does not fail
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /** A service and, where it has one, its logger. */
  public static String service(Supervised process) {
    return object(json -> {
      json.writeStringField("name", process.nativeName());
      var directory = process.directoryPath();
      if (directory != null) {
        json.writeStringField("dir", directory);
      }
      members(json, process);
      var logger = process.isLogger() ? null : process.logger();
      if (logger != null) {
        json.writeObjectFieldStart("log");
        members(json, logger);
        json.writeEndObject();
      }
    });
  }

  private static void members(JsonGenerator json, Supervised process) throws IOException {
    var state = process.state();
    json.writeStringField("state", state.phase().word());
    json.writeStringField("wanted", state.wanted().word());
    json.writeNumberField("pid", state.phase().pidOrZero());
    json.writeStringField("since", process.status().since().toString());
    json.writeNumberField("seconds", process.age().toSeconds());
    if (!(state.phase() instanceof Phase.Gone)) {
      json.writeStringField("normally", process.directory().isDown() ? "down" : "up");
    }
    json.writeBooleanField("ready", state.phase().isUp());
    json.writeBooleanField("paused", state.paused());
    json.writeBooleanField("term_sent", process.status().termSent());
    json.writeNumberField("starts", process.starts());
    json.writeNumberField("deaths", process.deaths());
    var lastExit = process.lastExit();
    if (lastExit != null) {
      exit(json, lastExit);
    }
    if (!process.neededNames().isEmpty()) {
      texts(json, "needs_env", process.neededNames());
      texts(json, "missing_env", process.missingVariables());
    }
    if (!process.missing().isEmpty()) {
      texts(json, "waits_for", process.missing());
    }
    var trouble = process.trouble();
    if (trouble != null) {
      json.writeStringField("trouble", trouble);
    }
    said(json, process.said());
    var restart = process.untilRestart();
    if (restart != null) {
      json.writeNumberField("restart_in_ms", restart.toMillis());
    }
  }

  private static void said(JsonGenerator json, Said said) throws IOException {
    if (said.status() != null) {
      json.writeStringField("status", said.status());
    }
    if (said.errno() != null) {
      json.writeNumberField("errno", said.errno());
    }
    if (said.doing() != null) {
      json.writeStringField("doing", said.doing());
    }
  }

  static void texts(JsonGenerator json, String field, Collection<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void exit(JsonGenerator json, ExitStatus exit) throws IOException {
    json.writeObjectFieldStart("last_exit");
    if (exit.isUnknown()) {
      json.writeBooleanField("unknown", true);
    } else if (exit.signal() == 0) {
      json.writeNumberField("code", exit.code());
    } else {
      json.writeStringField("signal", Signal.nameOf(exit.signal()));
      json.writeBooleanField("core", exit.core());
    }
    json.writeEndObject();
  }

  /** A change of phase. */
  public static String event(Supervised process, Phase before, Instant now) {
    return object(json -> {
      json.writeStringField("time", now.toString());
      json.writeStringField("name", process.nativeName());
      json.writeStringField("from", before.word());
      json.writeStringField("to", process.state().phase().word());
      json.writeNumberField("pid", process.state().phase().pidOrZero());
    });
  }
}
