package org.usersvc.client.command;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.usersvc.client.socket.JsonLine;

/** A request to the daemon. {@code json}: the answer's lines shall be JSON documents. */
record Request(String verb, Subject subject, List<Detail> details, boolean json) {
  /** The longest line that the daemon takes, with its newline. */
  static final int MAX_BYTES = 1 << 20;

  /** Verbs for which the daemon itself waits, with limits of its own (the same in control.c). */
  private static final List<String> ERRANDS =
      List.of("rescan", "switch", "enable", "disable", "reexec", "bus");

  /** The field that asks for colours. */
  static final String COLOR = "color";

  private static final Duration ERRAND = Duration.ofSeconds(30);

  private static final Duration FOR_EVER = Duration.ofDays(36500);

  /** How long the daemon may be silent, if it keeps its promises. */
  Duration longestSilence() {
    if (verb.equals("events")) {
      return FOR_EVER;
    }
    Duration longest = ERRANDS.contains(verb) ? ERRAND : Duration.ZERO;
    for (Detail detail : details) {
      longest = detail instanceof Wait wait ? longest.plusMillis(wait.millis()) : longest;
      longest = detail == UsualWait.USUAL_WAIT ? longest.plus(UsualWait.LONGEST) : longest;
    }
    return longest;
  }

  /** Whether the answer consists of assignments, whose values have to be exact. */
  boolean isForShell() {
    return details.contains(new Flag(Option.SH.field()));
  }

  /** Whether the answer has colours. */
  boolean isPainted() {
    return details.contains(new Flag(COLOR));
  }

  /** The subject of the request. It writes itself: a switch over types would slow the start. */
  sealed interface Subject {
    void write(JsonGenerator generator) throws IOException;
  }

  record Services(List<String> names) implements Subject {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      writeArray(generator, "services", names);
    }
  }

  /** Words as typed, which the daemon itself parses. */
  record Words(List<String> words) implements Subject {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      writeArray(generator, "words", words);
    }
  }

  record Directory(String path) implements Subject {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStringField("dir", path);
    }
  }

  /** No subject. */
  enum Nobody implements Subject {
    NOBODY;

    @Override
    public void write(JsonGenerator generator) {}
  }

  /** An additional field of the verb. */
  sealed interface Detail {
    void write(JsonGenerator generator) throws IOException;
  }

  record Wait(long millis) implements Detail {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeNumberField("wait_ms", millis);
    }
  }

  /** The daemon waits as long as is usual, but not for what only waits for a session. */
  enum UsualWait implements Detail {
    USUAL_WAIT;

    static final Duration LONGEST = Duration.ofSeconds(7);

    @Override
    public void write(JsonGenerator generator) {}
  }

  record Text(String field, String value) implements Detail {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStringField(field, value);
    }
  }

  record Flag(String field) implements Detail {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeBooleanField(field, true);
    }
  }

  /** The request line, in ASCII; stray bytes of names are escaped as lone surrogates. */
  byte[] line() {
    return JsonLine.of(generator -> {
      generator.writeNumberField("v", 1);
      generator.writeStringField("verb", verb);
      subject.write(generator);
      for (Detail detail : details) {
        detail.write(generator);
      }
      generator.writeStringField("format", json ? "json" : "text");
    });
  }

  private static void writeArray(JsonGenerator generator, String field, List<String> texts)
      throws IOException {
    generator.writeArrayFieldStart(field);
    for (String text : texts) {
      generator.writeString(text);
    }
    generator.writeEndArray();
  }
}
