package org.usersvc.daemon.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.view.ServiceView;

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

  /** A service and its logger, if any. */
  public static String service(ServiceView view) {
    return object(json -> {
      json.writeStringField("name", view.nativeName());
      var directory = view.directory();
      if (directory != null) {
        json.writeStringField("dir", directory);
      }
      members(json, view);
      var logger = view.logger();
      if (logger != null) {
        json.writeObjectFieldStart("log");
        members(json, logger);
        json.writeEndObject();
      }
    });
  }

  private static void members(JsonGenerator json, ServiceView view) throws IOException {
    json.writeStringField("state", view.state());
    json.writeStringField("wanted", view.wanted());
    json.writeNumberField("pid", view.pid());
    json.writeStringField("since", view.since().toString());
    json.writeNumberField("seconds", view.age().toSeconds());
    if (!view.isGone()) {
      json.writeStringField("normally", view.isNormallyUp() ? "up" : "down");
    }
    json.writeBooleanField("ready", view.isFine());
    String why = view.why();
    if (!why.isEmpty()) {
      json.writeStringField("why", why);
    }
    json.writeBooleanField("paused", view.isPaused());
    json.writeBooleanField("term_sent", view.gotTerm());
    json.writeNumberField("starts", view.starts());
    json.writeNumberField("deaths", view.deaths());
    var lastExit = view.lastExit();
    if (lastExit != null) {
      exit(json, lastExit);
    }
    if (!view.needed().isEmpty()) {
      texts(json, "needs_env", view.needed());
      texts(json, "missing_env", view.missing());
    }
    var waitsFor = view.waitsFor();
    if (!waitsFor.isEmpty()) {
      texts(json, "waits_for", waitsFor);
    }
    text(json, "trouble", view.trouble());
    text(json, "left_behind", view.leftBehind());
    said(json, view);
    starts(json, view);
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void starts(JsonGenerator json, ServiceView view) throws IOException {
    if (view.isScheduled()) {
      time(json, "next_start", view.nextStart());
      time(json, "last_start", view.lastStart());
    }
    var restart = view.untilRestart();
    if (restart != null) {
      json.writeNumberField("restart_in_ms", restart.toMillis());
    }
  }

  private static void time(JsonGenerator json, String field, @Nullable Instant time)
      throws IOException {
    if (time != null) {
      json.writeStringField(field, time.toString());
    }
  }

  private static void said(JsonGenerator json, ServiceView view) throws IOException {
    var status = view.status();
    if (status != null) {
      json.writeStringField("status", status);
    }
    var errno = view.errno();
    if (errno != null) {
      json.writeNumberField("errno", errno);
    }
    var doing = view.doing();
    if (doing != null) {
      json.writeStringField("doing", doing);
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

  /**
   * A change of state.
   *
   * @param before the word of the previous state
   */
  public static String event(ServiceView view, String before, Instant now) {
    return object(json -> {
      json.writeStringField("time", now.toString());
      json.writeStringField("name", view.nativeName());
      json.writeStringField("from", before);
      json.writeStringField("to", view.state());
      json.writeNumberField("pid", view.pid());
    });
  }
}
