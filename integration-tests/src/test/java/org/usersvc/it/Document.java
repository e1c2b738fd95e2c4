package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object that a program has printed. */
record Document(Map<String, Object> fields) {
  /** The documents in what a program wrote, one a line. */
  static List<Document> in(Ran ran) throws IOException {
    var documents = new ArrayList<Document>();
    for (var line : ran.out().lines().toList()) {
      documents.add(of(line));
    }
    return documents;
  }

  /** Bytes are characters, as in {@link Ran}. */
  private static Document of(String line) throws IOException {
    try (var json = new JsonFactory().createParser(line.getBytes(ISO_8859_1))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new AssertionError("not a JSON object: " + line);
      }
      return new Document(object(json));
    }
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    var fields = new LinkedHashMap<String, Object>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      var name = json.currentName();
      json.nextToken();
      fields.put(name, value(json));
    }
    return fields;
  }

  private static Object value(JsonParser json) throws IOException {
    var token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object(json);
    }
    if (token == JsonToken.START_ARRAY) {
      var values = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        values.add(value(json));
      }
      return values;
    }
    return json.getText();
  }

  /** A field as text, also if it is a number or true. */
  String text(String name) {
    return String.valueOf(fields.get(name));
  }

  /** A field that is an object itself. */
  @SuppressWarnings("unchecked") // the only maps in it are objects
  Document inner(String name) {
    if (fields.get(name) instanceof Map<?, ?> map) {
      return new Document((Map<String, Object>) map);
    }
    throw new AssertionError("no object " + name + " in " + this);
  }
}
