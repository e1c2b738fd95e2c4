package org.usersvc.client.top;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A service as the daemon has described it. Immutable.
 *
 * @param name native text
 * @param pid 0 if no process lives
 * @param seconds how long it has been in its state
 * @param notes what the daemon says beyond its state; may be empty
 */
record Row(
    String name, String state, boolean ready, long pid, long seconds, String notes, Usage usage) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Reads the answer to {@code list --json}. */
  static List<Row> read(byte[] answer) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : new String(answer, StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        rows.add(row(line));
      }
    }
    return rows;
  }

  private static Row row(String line) throws IOException {
    var row = new Row("", "", false, 0, 0, "", Usage.NONE);
    try (JsonParser json = FACTORY.createParser(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        row = row.with(field, json);
      }
    }
    return row;
  }

  private Row with(String field, JsonParser json) throws IOException {
    return switch (field) {
      case "name" -> new Row(json.getText(), state, ready, pid, seconds, notes, usage);
      case "state" -> new Row(name, json.getText(), ready, pid, seconds, notes, usage);
      case "ready" -> new Row(name, state, json.getBooleanValue(), pid, seconds, notes, usage);
      case "pid" -> new Row(name, state, ready, json.getLongValue(), seconds, notes, usage);
      case "seconds" -> new Row(name, state, ready, pid, json.getLongValue(), notes, usage);
      case "why" -> new Row(name, state, ready, pid, seconds, json.getText(), usage);
      default -> {
        json.skipChildren();
        yield this;
      }
    };
  }

  Row using(Usage other) {
    return new Row(name, state, ready, pid, seconds, notes, other);
  }

  boolean isInTrouble() {
    return state.equals("failed") || state.equals("backoff");
  }

  /** {@code 7s}, {@code 3m12s}, {@code 5h02m}, {@code 9d4h}. */
  String age() {
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m" + seconds % 60 + "s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + "h" + seconds / 60 % 60 + "m";
    }
    return seconds / 86_400 + "d" + seconds / 3600 % 24 + "h";
  }
}
