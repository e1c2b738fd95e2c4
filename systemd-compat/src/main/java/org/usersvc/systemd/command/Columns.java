package org.usersvc.systemd.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table of text whose columns are as wide as their widest cell. */
final class Columns {
  /** Everything beyond ASCII is escaped: lone surrogates have no UTF-8. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final List<String[]> rows = new ArrayList<>();
  private final List<String> marks = new ArrayList<>();
  private final boolean hasMarks;

  /**
   * A table with a row of titles.
   *
   * @param hasMarks whether each row begins with a mark, two characters wide
   */
  Columns(boolean hasMarks, String... titles) {
    this.hasMarks = hasMarks;
    add(" ", titles);
  }

  void add(String mark, String... cells) {
    marks.add(mark);
    rows.add(cells);
  }

  /** How many rows there are besides the titles. */
  int size() {
    return rows.size() - 1;
  }

  /**
   * Prints all rows.
   *
   * @param titled whether the titles are printed, and are as wide as others
   */
  void show(Asking asking, boolean titled) {
    int first = titled ? 0 : 1;
    int[] widths = new int[rows.getFirst().length];
    for (var row : rows.subList(first, rows.size())) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].codePointCount(0, row[i].length()));
      }
    }
    for (int i = first; i < rows.size(); i++) {
      asking.out((hasMarks ? marks.get(i) + " " : "") + line(rows.get(i), widths));
    }
  }

  /**
   * All rows as one JSON array of objects, with the titles as names of members. A cell that is
   * {@code -} is null.
   */
  String json() {
    var text = new StringWriter();
    try (var json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (var row : rows.subList(1, rows.size())) {
        write(row, json);
      }
      json.writeEndArray();
    } catch (IOException impossible) { // a StringWriter does not fail
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private void write(String[] row, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < row.length; i++) {
      json.writeFieldName(rows.getFirst()[i].toLowerCase(Locale.ROOT).replace(' ', '_'));
      json.writeString(row[i].equals("-") ? null : row[i]);
    }
    json.writeEndObject();
  }

  private static String line(String[] row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(row[i]);
      if (i + 1 < row.length) {
        int missing = widths[i] - row[i].codePointCount(0, row[i].length()) + 1;
        var spaces = new char[missing];
        Arrays.fill(spaces, ' ');
        line.append(spaces);
      }
    }
    return line.toString().stripTrailing();
  }
}
