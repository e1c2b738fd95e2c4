package org.usersvc.systemd.condition;

/**
 * One {@code Condition…=} or {@code Assert…=}: something that has to hold at the start of a unit.
 * Immutable.
 *
 * @param kind what is looked at
 * @param trigger whether it is written with {@code |}: one of all these is enough
 * @param negate whether it is written with {@code !}: it holds if the opposite is the case
 * @param argument the rest of the value, with its specifiers resolved
 */
public record Condition(ConditionKind kind, boolean trigger, boolean negate, String argument) {
  /**
   * The condition that a value says.
   *
   * @param value the text of the directive: {@code |}, {@code !} and the argument
   */
  public static Condition of(ConditionKind kind, String value) {
    boolean trigger = value.startsWith("|");
    String rest = trigger ? value.substring(1).strip() : value;
    boolean negate = rest.startsWith("!");
    return new Condition(kind, trigger, negate, negate ? rest.substring(1).strip() : rest);
  }

  /** The value as a unit file has it. */
  public String text() {
    return (trigger ? "|" : "") + (negate ? "!" : "") + argument;
  }
}
