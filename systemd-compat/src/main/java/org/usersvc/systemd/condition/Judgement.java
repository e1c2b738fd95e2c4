package org.usersvc.systemd.condition;

import java.util.List;

/**
 * What came of all conditions, or of all asserts, of a unit. Immutable.
 *
 * @param holds whether the unit may start
 * @param each the conditions in the order of the unit
 */
public record Judgement(boolean holds, List<Judged> each) {
  public Judgement {
    each = List.copyOf(each);
  }

  /** The conditions that could not be judged and count as met. */
  public List<Condition> unknown() {
    return each.stream()
        .filter(judged -> judged.result() == Result.UNKNOWN)
        .map(Judged::condition)
        .toList();
  }

  /** The conditions that are not met. */
  public List<Condition> unmet() {
    return each.stream()
        .filter(judged -> judged.result() == Result.UNMET)
        .map(Judged::condition)
        .toList();
  }

  /** One condition and what came of it. Immutable. */
  public record Judged(Condition condition, Result result) {}

  /** What comes of a condition. */
  public enum Result {
    MET,
    UNMET,
    /** Nothing is known about what it asks; it counts as met. */
    UNKNOWN
  }
}
