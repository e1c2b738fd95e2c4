package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command line that was read. Immutable.
 *
 * @param given the values of options by their long names; empty for those without a value
 * @param operands the other words
 * @param firstOperand which word the first of them is, from 0; negative if there is none
 */
record Line(Map<String, List<String>> given, List<String> operands, int firstOperand) {
  Line {
    given = Map.copyOf(given);
    operands = List.copyOf(operands);
  }

  boolean has(String option) {
    return given.containsKey(option);
  }

  /** The last value of an option. */
  String value(String option, String otherwise) {
    var values = given.get(option);
    return values == null ? otherwise : values.getLast();
  }

  /** All values of an option. */
  List<String> values(String option) {
    return given.getOrDefault(option, List.of());
  }

  /** All values of an option, each of which is a list with commas. */
  List<String> listed(String option) {
    var all = new ArrayList<String>();
    for (String value : values(option)) {
      all.addAll(List.of(value.split(",", -1)));
    }
    all.removeIf(String::isEmpty);
    return all;
  }

  /** The same without the first operand. */
  Line rest() {
    return new Line(given, operands.subList(1, operands.size()), firstOperand);
  }
}
