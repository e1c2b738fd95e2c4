package org.usersvc.systemd.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.usersvc.systemd.read.UnitMaker;
import org.usersvc.systemd.syntax.Problem;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Finds values that a caller must not set: a unit file with one is warned of and runs, but a caller
 * is known at once.
 */
final class MadeCheck {
  private static final String IN_FILES = "; the value is ignored";

  private MadeCheck() {}

  /**
   * The first wrong value, for people; empty if there is none.
   *
   * @param text of a unit, as a file has it
   */
  static Optional<String> problem(UnitName unit, String text) {
    var file = UnitFile.read(unit.toString(), text.getBytes(UTF_8));
    var input = new UnitMaker.Input(unit, Set.of(unit), file, List.of(), Map.of());
    return UnitMaker.make(input, _ -> Optional.empty()).problems().stream()
        .filter(problem -> problem.line() > 0)
        .findFirst()
        .map(Problem::text)
        .map(why -> "Invalid value: " + why.replace(IN_FILES, ""));
  }
}
