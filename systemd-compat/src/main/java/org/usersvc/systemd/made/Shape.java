package org.usersvc.systemd.made;

import java.util.List;
import java.util.Set;
import org.freedesktop.dbus.types.Variant;

/** The kinds of values that a property has, and how each is written in a unit file. */
@SuppressWarnings("ImmutableEnumChecker") // sets of Set.of, and methods that have no state
enum Shape {
  TEXT(Set.of("s"), Written::text),
  BOOLEAN(Set.of("b"), Written::truth),
  NUMBER(Set.of("u", "i", "t", "x", "n", "q"), Written::number),
  OCTAL(Set.of("u"), Written::octal),
  MICROS(Set.of("t"), Written::micros),
  /** Names of units. */
  NAMES(Set.of("as", "s"), Written::names),
  QUOTED(Set.of("as"), Written::quoted),
  FILES(Set.of("a(sb)"), Written::files),
  STATUSES(Set.of("(aiai)"), Written::statuses),
  COMMANDS(Set.of("a(sasb)", "a(sasas)"), Commands::lines),
  CONDITIONS(Set.of("a(sbbs)"), Written::conditions),
  TIMERS(Set.of("a(st)", "a(ss)"), Written::timers),
  /** Directives of path units, each with its path. */
  PATHS(Set.of("a(ss)"), Written::timers),
  /** Kinds of sockets, each with its address. */
  LISTENERS(Set.of("a(ss)"), Written::listeners),
  /** What does nothing here, so that a file would say it in vain. */
  VAIN(Set.of(), (_, _) -> List.of());

  private final Set<String> signatures;
  private final Writer writer;

  /** Writes the lines of a value that has one of the signatures. */
  interface Writer {
    List<String> lines(String key, Object value) throws UnknownSetter;
  }

  Shape(Set<String> signatures, Writer writer) {
    this.signatures = signatures;
    this.writer = writer;
  }

  /** Checks that a value has this signature. */
  static void check(String property, Variant<?> value, String signature) throws UnknownSetter {
    if (!value.getSig().equals(signature)) {
      throw UnknownSetter.invalid(property, "it is of the type " + value.getSig());
    }
  }

  boolean takes(String signature) {
    return signatures.isEmpty() || signatures.contains(signature);
  }

  List<String> lines(String key, Object value) throws UnknownSetter {
    return writer.lines(key, value);
  }
}
