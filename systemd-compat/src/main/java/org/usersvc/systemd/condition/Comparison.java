package org.usersvc.systemd.condition;

import java.util.OptionalInt;

/**
 * An operator and what stands to its right. Immutable.
 *
 * @param operator how the two sides have to relate
 * @param operand the right side
 */
record Comparison(Operator operator, String operand) {
  /** The operators; one that another one begins with stands after that one. */
  enum Operator {
    NO_MATCH("!$="),
    MATCH("$="),
    NOT_TEXT("!="),
    UNEQUAL("<>"),
    AT_MOST("<="),
    AT_LEAST(">="),
    EQUAL("=="),
    LESS("<"),
    MORE(">"),
    TEXT("=");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    private boolean holdsFor(int order) {
      return switch (this) {
        case AT_MOST -> order <= 0;
        case AT_LEAST -> order >= 0;
        case LESS -> order < 0;
        case MORE -> order > 0;
        case EQUAL, TEXT, MATCH -> order == 0;
        case UNEQUAL, NOT_TEXT, NO_MATCH -> order != 0;
      };
    }
  }

  /**
   * The comparison of that text.
   *
   * @param otherwise the operator of a text that has none
   */
  static Comparison of(String text, Operator otherwise) {
    for (var operator : Operator.values()) {
      if (text.startsWith(operator.text)) {
        return new Comparison(operator, text.substring(operator.text.length()).strip());
      }
    }
    return new Comparison(otherwise, text.strip());
  }

  /** Where in a text like {@code KEY<=VALUE} the operator begins; empty if there is none. */
  static OptionalInt operatorIn(String text) {
    return text.chars().anyMatch(Comparison::isOperator)
        ? OptionalInt.of((int) text.chars().takeWhile(c -> !isOperator(c)).count())
        : OptionalInt.empty();
  }

  private static boolean isOperator(int c) {
    return "!$=<>".indexOf(c) >= 0;
  }

  /** Whether a version, or a text, stands so to the operand. */
  boolean holdsForVersion(String version) {
    return switch (operator) {
      case MATCH -> Glob.of(operand).matches(version);
      case NO_MATCH -> !Glob.of(operand).matches(version);
      case TEXT -> version.equals(operand);
      case NOT_TEXT -> !version.equals(operand);
      case UNEQUAL, AT_MOST, AT_LEAST, EQUAL, LESS, MORE ->
          operator.holdsFor(VersionOrder.INSTANCE.compare(version, operand));
    };
  }

  /** Whether a number stands so to another one. */
  boolean holdsForNumber(long number, long other) {
    return operator.holdsFor(Long.compare(number, other));
  }
}
