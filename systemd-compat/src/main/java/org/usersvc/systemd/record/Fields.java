package org.usersvc.systemd.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The named values of one record, in their order. <b>One thread only.</b> */
public final class Fields {
  private static final int VERSION = 1;

  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Parses the text of a record.
   *
   * @throws RecordFault if it is damaged, or of a later version
   */
  public static Fields parse(String text) throws RecordFault {
    var lines = text.split("\n", -1);
    int version = (int) number("its version", lines[0]);
    if (version != VERSION) {
      throw new RecordFault("is of another version (" + version + ")");
    }
    var fields = new Fields();
    for (int i = 1; i < lines.length; i++) {
      int equals = lines[i].indexOf('=');
      if (equals <= 0) {
        throw new RecordFault("has a damaged line");
      }
      fields.values.put(lines[i].substring(0, equals), unescape(lines[i].substring(equals + 1)));
    }
    return fields;
  }

  /** Whether it has no value. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The text of the record. */
  public String text() {
    var text = new StringBuilder().append(VERSION);
    values.forEach(
        (name, value) -> text.append('\n').append(name).append('=').append(escape(value)));
    return text.toString();
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String unescape(String text) {
    var value = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      boolean isEscape = letter == '\\' && i + 1 < text.length();
      if (isEscape) {
        i++;
      }
      value.append(isEscape && text.charAt(i) == 'n' ? '\n' : text.charAt(i));
    }
    return value.toString();
  }

  /** Puts a value: a constant by its name in small letters, all else by its own text. */
  public Fields put(String name, Object value) {
    values.put(name, value instanceof Enum<?> constant ? word(constant) : value.toString());
    return this;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Puts a value unless it is null. */
  public Fields putIfAny(String name, @Nullable Object value) {
    return value == null ? this : put(name, value);
  }

  /** Puts words, apart by blanks; none have no entry. */
  public Fields putAll(String name, List<String> words) {
    return words.isEmpty() ? this : put(name, String.join(" ", words));
  }

  /** A value, if there is one of that name. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * A value that every record has.
   *
   * @throws RecordFault if it is missing
   */
  public String text(String name) throws RecordFault {
    var value = values.get(name);
    if (value == null) {
      throw new RecordFault("lacks " + name);
    }
    return value;
  }

  /** Words that are apart by blanks; none if there is no entry. */
  public List<String> words(String name) {
    var value = values.getOrDefault(name, "");
    return value.isEmpty() ? List.of() : List.of(value.split(" ", -1));
  }

  /**
   * A number; 0 if there is no entry.
   *
   * @throws RecordFault if it is none
   */
  public long number(String name) throws RecordFault {
    return number(name, values.getOrDefault(name, "0"));
  }

  /**
   * The number that a text is.
   *
   * @param what of what, for the message
   * @throws RecordFault if it is none
   */
  public static long number(String what, String text) throws RecordFault {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new RecordFault("has no number for " + what);
    }
  }

  /**
   * A constant that every record has.
   *
   * @throws RecordFault if it is missing or unknown
   */
  public <E extends Enum<E>> E constant(Class<E> type, String name) throws RecordFault {
    return constant(type, name, text(name));
  }

  /**
   * The constant that a word is.
   *
   * @param what of what, for the message
   * @throws RecordFault if it is none
   */
  public static <E extends Enum<E>> E constant(Class<E> type, String what, String word)
      throws RecordFault {
    for (var constant : type.getEnumConstants()) {
      if (word(constant).equals(word)) {
        return constant;
      }
    }
    throw new RecordFault("has an unknown " + what + " (" + word + ")");
  }
}
