package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;

/** Requests to the control socket. None ends a supervision or replaces the daemon. */
final class RequestNoise {
  private static final String[] VERBS =
      ("up down once term kill restart start stop reload try-restart check force-stop force-reload"
              + " force-restart pause cont hup alarm interrupt quit 1 2 status wait list tree"
              + " rescan"
              + " version session env enable disable svc svok svstat nosuch")
          .split(" ", -1);

  private static final String[] WORDS = {
    "register",
    "list",
    "show",
    "unregister",
    "set",
    "unset",
    "import",
    "diff",
    "FUZZ_A=1",
    "FUZZ_B=" + "z".repeat(3000),
    "=",
    "=x",
    "A=",
    "1A=2",
    "A\0=1",
    "WAYLAND_DISPLAY=/" + "w".repeat(200),
    "DISPLAY=:99999999999999999999",
    "DBUS_SESSION_BUS_ADDRESS=unix:path=/x;unix:abstract=%00%ff",
    "-1",
    "0",
    "1",
    "99999999999",
    "victim",
    "../x",
    ".",
    "..",
    "",
    "é".repeat(100)
  };

  private static final String[] FIELDS = {
    "check", "letters", "dir", "leader", "name", "service", "all", "sh", "now", "dot", "zzz"
  };

  private static final JsonFactory JSON = new JsonFactory();

  private final Noise noise;
  private final String[] names;

  RequestNoise(Noise noise, Tree tree) {
    this.noise = noise;
    this.names =
        new String[] {
          "victim",
          "victim2",
          "victim/log",
          "nosuch",
          "",
          ".",
          "..",
          "/",
          "//",
          "/etc",
          "/".repeat(300),
          tree.scan() + "/victim",
          tree.scan() + "/victim/../victim2",
          "a".repeat(255),
          "a".repeat(5000),
          "x\ny",
          "\u001b[31m",
          "%s%n",
          "\u202e",
          "{}",
          "-1",
          "--",
          "/proc/self",
          "/dev/zero",
          tree.runtime().toString()
        };
  }

  /** One line that the daemon has to answer with a status, within a second. */
  String answerable() throws IOException {
    return request(false);
  }

  /** One line, most of which are no request. */
  String any() throws IOException {
    String mutated = noise.mutate(request(true)).replace('\n', ' ');
    boolean harmless =
        !mutated.contains("witness")
            && !mutated.contains("exit")
            && !mutated.contains("sw")
            && !mutated.contains("ree")
            && !mutated.contains("shutdown");
    return harmless ? mutated : "{}";
  }

  private String request(boolean wild) throws IOException {
    var text = new StringWriter();
    try (var json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("v", noise.number(1, 1, 1, 2));
      json.writeStringField("verb", noise.one(VERBS));
      array(json, "services", names, noise.number(1, 1, 2, 30));
      array(json, "words", WORDS, noise.number(0, 1, 2, 3, 20));
      json.writeNumberField("wait_ms", noise.number(0, 0, 1, 50, 300));
      json.writeStringField("format", noise.one("json", "text", "text", "xml"));
      for (var field : FIELDS) {
        if (noise.chance(0.15)) {
          value(json, field, wild);
        }
      }
      json.writeEndObject();
    }
    return new String(text.toString().getBytes(UTF_8), ISO_8859_1);
  }

  private void array(JsonGenerator json, String field, String[] choices, int count)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (int i = 0; i < count; i++) {
      json.writeString(noise.one(choices));
    }
    json.writeEndArray();
  }

  private void value(JsonGenerator json, String field, boolean wild) throws IOException {
    json.writeFieldName(field);
    switch (wild ? noise.below(7) : 6) {
      case 0 -> json.writeNull();
      case 1 -> json.writeBoolean(noise.chance(0.5));
      case 2 -> json.writeNumber(noise.any());
      case 3 -> json.writeNumber(1e300);
      case 4 -> json.writeRawValue("[[{\"a\":[]}]]");
      case 5 -> json.writeString(noise.one(names));
      default -> json.writeString(noise.one("udopchaitk", "victim", "1", "unix:path=/nosuch"));
    }
  }
}
