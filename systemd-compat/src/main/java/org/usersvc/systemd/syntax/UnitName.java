package org.usersvc.systemd.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The name of a unit: a prefix, for templates and their instances an {@code @} and perhaps an
 * instance, and the suffix of its type. Immutable.
 *
 * <p>Source: systemd.unit(5), "Description".
 */
public final class UnitName implements Comparable<UnitName> {
  /** The longest name in characters. */
  public static final int LONGEST = 255;

  private static final String OTHERS = ":-_.\\";

  private final String text;
  private final UnitType type;
  private final int at;
  private final int dot;

  private UnitName(String text, UnitType type, int at, int dot) {
    this.text = text;
    this.type = type;
    this.at = at;
    this.dot = dot;
  }

  /**
   * A name from its text.
   *
   * @return empty if the text is no valid name of a unit
   */
  public static Optional<UnitName> parse(String text) {
    int dot = text.lastIndexOf('.');
    if (dot < 1 || text.length() > LONGEST || text.startsWith("@") || !isPlain(text)) {
      return Optional.empty();
    }
    var type = UnitType.ofSuffix(text.substring(dot + 1));
    if (type.isEmpty()) {
      return Optional.empty();
    }
    int at = text.indexOf('@');
    return Optional.of(new UnitName(text, type.get(), at > dot ? -1 : at, dot));
  }

  /**
   * A name from a text that is known to be one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static UnitName of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no unit name: " + text));
  }

  /**
   * The names in a list such as that of {@code After=}.
   *
   * @return the names that are right, and a flaw for each other word
   */
  public static Parsed<List<UnitName>> parseList(String value, Specifiers specifiers) {
    var words = Words.split(value, Words.Style.VERBATIM);
    var flaws = new ArrayList<>(words.flaws());
    var names = new ArrayList<UnitName>();
    for (String word : words.or(List.of())) {
      var text = specifiers.expand(word);
      flaws.addAll(text.flaws());
      var name = text.value().flatMap(UnitName::parse);
      name.ifPresent(names::add);
      if (name.isEmpty() && text.value().isPresent()) {
        flaws.add(
            Flaw.warning(
                Flaw.shown(word)
                    + " is no name of a unit and is ignored; write one with its suffix"));
      }
    }
    return Parsed.of(List.copyOf(names), flaws);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && c != '@' && OTHERS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** The kind of the unit. */
  public UnitType type() {
    return type;
  }

  /** What stands before the {@code @}, or before the suffix. */
  public String prefix() {
    return text.substring(0, at < 0 ? dot : at);
  }

  /** The part between {@code @} and suffix; empty for a template and for a plain name. */
  public String instance() {
    return at < 0 ? "" : text.substring(at + 1, dot);
  }

  /** The name without its suffix. */
  public String withoutSuffix() {
    return text.substring(0, dot);
  }

  /** Whether it is a template, of which only instances can be started. */
  public boolean isTemplate() {
    return at >= 0 && at + 1 == dot;
  }

  /** Whether it is an instance of a template. */
  public boolean isInstance() {
    return at >= 0 && at + 1 < dot;
  }

  /** The template of an instance; a name that is no instance is its own. */
  public UnitName template() {
    return isInstance() ? of(prefix() + "@." + type.suffix()) : this;
  }

  /**
   * The instance of this template.
   *
   * @throws IllegalArgumentException if that makes no valid name
   */
  public UnitName withInstance(String instance) {
    return of(prefix() + "@" + instance + "." + type.suffix());
  }

  /** The unit of another type that has the same name otherwise. */
  public UnitName withType(UnitType other) {
    return of(withoutSuffix() + "." + other.suffix());
  }

  @Override
  public int compareTo(UnitName other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnitName name && name.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
