package org.usersvc.daemon.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.session.Standing;

/**
 * The lines of the state file, each a JSON object. A member names its subject: {@code version},
 * {@code process}, {@code session}, {@code environment}, {@code unsettled}, {@code record}, or
 * {@code gone} for the end of a subject. The last line about a subject counts. Each ends with a
 * {@link Sum}; those of earlier versions have none. Times are nanoseconds since the epoch.
 */
final class StateLines {
  /** Everything beyond ASCII is escaped: lone surrogates have no UTF-8. */
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final long NANOS = 1_000_000_000L;

  private StateLines() {}

  /** Writes members. */
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] line(Members members) {
    var text = new StringWriter(512);
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException impossible) { // a StringWriter does not fail
      throw new UncheckedIOException(impossible);
    }
    return Sum.added(text.toString().getBytes(US_ASCII));
  }

  static byte[] of(Header header) {
    return line(json -> {
      json.writeNumberField("version", Header.VERSION);
      json.writeStringField("boot", header.boot());
      identity(json, "", header.daemon());
    });
  }

  static byte[] gone(String key) {
    return line(json -> json.writeStringField("gone", key));
  }

  static byte[] of(RecordedSession memory) {
    var session = memory.session();
    return line(json -> {
      json.writeNumberField("session", session.id());
      json.writeStringField("name", session.name());
      json.writeStringField("command", session.leader().command());
      identity(json, "", memory.leader());
      instant(json, "since", session.since());
      identity(json, "companion_", memory.companion());
      standing(json, session.standing());
      variables(json, "variables", session.variables().variables());
    });
  }

  private static void standing(JsonGenerator json, Standing standing) throws IOException {
    truth(json, "login", standing.login());
    truth(json, "named", standing.named());
    number(json, "outer", standing.outer());
    if (!standing.lostBus().isEmpty()) {
      json.writeStringField("lost_bus", standing.lostBus());
    }
  }

  static byte[] environment(Map<String, @Nullable String> byHand, int lastSession) {
    return line(json -> {
      variables(json, "environment", byHand);
      json.writeNumberField("last_session", lastSession);
    });
  }

  static byte[] record(String key, String text) {
    return line(json -> {
      json.writeStringField(StateFile.RECORD, key);
      json.writeStringField("text", text);
    });
  }

  static byte[] unsettled(long since) {
    return line(json -> json.writeNumberField(StateFile.UNSETTLED, since));
  }

  static byte[] of(RecordedProcess memory) {
    return line(json -> {
      json.writeStringField("process", memory.key().text());
      json.writeStringField("name", memory.name());
      state(json, memory);
      past(json, memory.past());
      if (!memory.letters().isEmpty()) {
        json.writeStringField("letters", memory.letters());
      }
      if (!memory.needs().isEmpty()) {
        variables(json, "needs", memory.needs());
      }
    });
  }

  private static void state(JsonGenerator json, RecordedProcess memory) throws IOException {
    var state = memory.state();
    var living = memory.living();
    phase(json, state.phase());
    word(json, "wanted", state.wanted());
    truth(json, "paused", state.paused());
    number(json, "quick_deaths", state.quickDeaths());
    identity(json, "", living.process());
    if (living.lastRun() != living.process().pid()) {
      json.writeNumberField("last_run", living.lastRun());
    }
    var script = state.script();
    if (script != null) {
      json.writeStringField("script", String.valueOf(script.letter()));
      identity(json, "script_", living.script());
    }
  }

  private static void phase(JsonGenerator json, Phase phase) throws IOException {
    json.writeStringField("phase", PhaseWords.of(phase));
    switch (phase) {
      case Phase.Down down -> {
        truth(json, "failed", down.failed());
        word(json, "result", down.result());
      }
      case Phase.Running running -> {
        truth(json, "term", running.termSent());
        truth(json, "outdated", running.outdated());
        word(json, "cause", running.cause());
        truth(json, "ready", running.ready());
      }
      case Phase.FinishStarting(var next) -> word(json, "next", next);
      case Phase.Finishing finishing -> word(json, "next", finishing.next());
      case Phase.Incomplete _, Phase.Waiting _, Phase.Preparing _, Phase.Starting _ -> {}
      case Phase.Completed _, Phase.BackingOff _, Phase.Settling _, Phase.Gone _ -> {}
    }
  }

  private static void past(JsonGenerator json, RecordedProcess.Past past) throws IOException {
    instant(json, "since", past.since());
    if (!past.started().equals(past.since())) {
      instant(json, "started", past.started());
    }
    number(json, "starts", past.starts());
    number(json, "deaths", past.deaths());
    var exit = past.lastExit();
    if (exit != null) {
      exit(json, exit);
    }
    var restartAt = past.restartAt();
    if (restartAt != null) {
      instant(json, "restart_at", restartAt);
    }
    var elapsing = past.elapsing();
    if (elapsing != null) {
      json.writeNumberField("since_nanos", elapsing.since());
      if (elapsing.started() != elapsing.since()) {
        json.writeNumberField("started_nanos", elapsing.started());
      }
    }
  }

  private static void exit(JsonGenerator json, ExitStatus exit) throws IOException {
    json.writeNumberField("exit", exit.code());
    number(json, "signal", exit.signal());
    truth(json, "core", exit.core());
  }

  private static void identity(JsonGenerator json, String prefix, ProcessIdentity identity)
      throws IOException {
    number(json, prefix + "pid", identity.pid());
    number(json, prefix + "start", identity.start());
  }

  private static void number(JsonGenerator json, String name, long number) throws IOException {
    if (number != 0) {
      json.writeNumberField(name, number);
    }
  }

  private static void truth(JsonGenerator json, String name, boolean truth) throws IOException {
    if (truth) {
      json.writeBooleanField(name, true);
    }
  }

  private static void word(JsonGenerator json, String name, Enum<?> word) throws IOException {
    json.writeStringField(name, word.name().toLowerCase(java.util.Locale.ROOT));
  }

  private static void instant(JsonGenerator json, String name, Instant time) throws IOException {
    json.writeNumberField(name, time.getEpochSecond() * NANOS + time.getNano());
  }

  private static void variables(
      JsonGenerator json, String name, Map<String, ? extends @Nullable String> variables)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (var each : variables.entrySet()) {
      if (each.getValue() == null) {
        json.writeNullField(each.getKey());
      } else {
        json.writeStringField(each.getKey(), each.getValue());
      }
    }
    json.writeEndObject();
  }
}
