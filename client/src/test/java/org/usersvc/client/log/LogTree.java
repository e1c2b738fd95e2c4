package org.usersvc.client.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.Output;

/** Logs of the built-in logger's form, and a look at them. */
record LogTree(Path home) {
  static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  /** What was printed, as ISO 8859-1. */
  record Shown(int failures, String out, String err) {}

  Path root() {
    return home.resolve("usersvc/log");
  }

  Path log(String service) throws IOException {
    return Files.createDirectories(root().resolve(service));
  }

  void append(String service, String file, String text) throws IOException {
    Files.write(log(service).resolve(file), text.getBytes(ISO_8859_1), CREATE, APPEND);
  }

  /** {@code current} becomes the file of that second. */
  void rotate(String service, long second) throws IOException {
    Files.move(log(service).resolve("current"), log(service).resolve(rotated(second)));
    append(service, "current", "");
  }

  static String rotated(long second) {
    long label = (1L << 62) + Stamp.TAI_SECONDS + START.getEpochSecond() + second;
    return "@" + Long.toHexString(label) + "00000000.s";
  }

  /** A line stamped so many seconds after the start. */
  static String line(long second, String message) {
    String stamp = START.plusSeconds(second).toString();
    return stamp.replace('T', '_').replace("Z", ".00000 ") + message + "\n";
  }

  Map<String, String> environment() {
    return Map.of(
        "XDG_STATE_HOME",
        home.toString(),
        "XDG_RUNTIME_DIR",
        home.resolve("run").toString(),
        "HOME",
        home.resolve("home").toString());
  }

  static LogQuery last(long lines, String... names) {
    return new LogQuery(List.of(names), false, lines, null, false);
  }

  static LogQuery since(@Nullable Instant since, String... names) {
    return new LogQuery(List.of(names), false, LogQuery.ALL, since, false);
  }

  Shown show(LogQuery query) throws IOException {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var output = new Output(out, err);
    int failures = LogViewer.show(query, "", environment(), output, false);
    output.flush();
    return new Shown(failures, out.toString(ISO_8859_1), err.toString(ISO_8859_1));
  }

  /** Only the messages, with a blank after each. */
  String messages(LogQuery query) throws IOException {
    var messages = new StringBuilder();
    show(query)
        .out()
        .lines()
        .forEach(line -> messages.append(line.replaceFirst("^.{23} ", "")).append(' '));
    return messages.toString().strip();
  }
}
