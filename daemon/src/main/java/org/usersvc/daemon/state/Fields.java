package org.usersvc.daemon.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of one line. An absent member is 0, false or empty; a wrong type is an exception. */
final class Fields {
  private static final long NANOS = 1_000_000_000L;

  private final Map<String, Object> members = new HashMap<>();

  private Fields() {}

  /** The next object, which has to take up the bytes from {@code from} to {@code to}. */
  static Fields parse(JsonParser json, long from, long to) throws IOException {
    expect(json.nextToken() == JsonToken.START_OBJECT, "no object");
    expect(json.currentTokenLocation().getByteOffset() == from, "not where the line begins");
    var fields = new Fields();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      fields.members.put(name, value(json));
    }
    expect(json.currentToken() == JsonToken.END_OBJECT, "no end");
    expect(json.currentLocation().getByteOffset() == to, "not where the line ends");
    return fields;
  }

  private static Object value(JsonParser json) throws IOException {
    var token = json.nextToken();
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      case START_OBJECT -> variables(json);
      case null, default -> throw new IOException("unknown kind of value");
    };
  }

  private static Map<String, @Nullable String> variables(JsonParser json) throws IOException {
    var variables = new LinkedHashMap<String, @Nullable String>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      var token = json.nextToken();
      expect(token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NULL, "no variable");
      variables.put(name, token == JsonToken.VALUE_NULL ? null : json.getText());
    }
    expect(json.currentToken() == JsonToken.END_OBJECT, "no end");
    return variables;
  }

  private static void expect(boolean held, String otherwise) throws IOException {
    if (!held) {
      throw new IOException(otherwise);
    }
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) throws IOException {
    Object value = members.getOrDefault(name, "");
    if (value instanceof String text) {
      return text;
    }
    throw new IOException(name + " is no text");
  }

  long number(String name) throws IOException {
    Object value = members.getOrDefault(name, 0L);
    if (value instanceof Long number) {
      return number;
    }
    throw new IOException(name + " is no number");
  }

  int integer(String name) throws IOException {
    long number = number(name);
    expect(number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE, name + " is too large");
    return (int) number;
  }

  boolean truth(String name) throws IOException {
    Object value = members.getOrDefault(name, false);
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new IOException(name + " is not true and not false");
  }

  <E extends Enum<E>> E word(Class<E> type, String name) throws IOException {
    String word = text(name).replace('-', '_');
    for (E each : type.getEnumConstants()) {
      if (each.name().equalsIgnoreCase(word)) {
        return each;
      }
    }
    throw new IOException(name + " is unknown");
  }

  /** Nanoseconds since the epoch. */
  Instant instant(String name) throws IOException {
    long nanos = number(name);
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  Map<String, @Nullable String> variables(String name) throws IOException {
    Object value = members.getOrDefault(name, Map.of());
    if (!(value instanceof Map<?, ?> map)) {
      throw new IOException(name + " holds no variables");
    }
    var variables = new LinkedHashMap<String, @Nullable String>();
    map.forEach((key, each) ->
        variables.put(String.valueOf(key), each instanceof String text ? text : null));
    return variables;
  }
}
