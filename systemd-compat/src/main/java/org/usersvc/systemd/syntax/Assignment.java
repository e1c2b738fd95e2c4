package org.usersvc.systemd.syntax;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/**
 * A variable and its value. Immutable.
 *
 * @param name letters, digits and {@code _}, no digit first
 * @param value any UTF-8 text without NUL
 */
public record Assignment(String name, String value) {
  /**
   * The assignments of {@code Environment=}.
   *
   * <p>Source: systemd.exec(5).
   *
   * @return the assignments that are right, up to a mistake in quotes or escapes, and the flaws
   */
  public static Parsed<List<Assignment>> parseList(String value, Specifiers specifiers) {
    var words = Words.split(value, Words.Style.STRICT);
    var flaws = new ArrayList<>(words.flaws());
    var assignments = new ArrayList<Assignment>();
    for (String word : words.or(List.of())) {
      var assignment = specifiers.expand(word).then(Assignment::parse);
      flaws.addAll(assignment.flaws());
      assignment.value().ifPresent(assignments::add);
    }
    return Parsed.of(List.copyOf(assignments), flaws);
  }

  /** An assignment from a text {@code NAME=VALUE}. */
  public static Parsed<Assignment> parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0 || !Environment.isName(text.substring(0, equals))) {
      return Parsed.warning(
          Flaw.shown(text) + " is no assignment and is ignored; write it as NAME=VALUE");
    }
    String value = text.substring(equals + 1);
    if (!NativeText.isUtf8(value) || value.indexOf('\0') >= 0) {
      return Parsed.warning(Flaw.shown(text) + " is no UTF-8 and is ignored; write it as UTF-8");
    }
    return Parsed.of(new Assignment(text.substring(0, equals), value));
  }
}
