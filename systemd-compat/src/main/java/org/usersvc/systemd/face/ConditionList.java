package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.usersvc.systemd.condition.Condition;
import org.usersvc.systemd.condition.Judgement;
import org.usersvc.systemd.engine.Checks;

/** The conditions and asserts of a unit, and what came of them. */
final class ConditionList {
  private ConditionList() {}

  static void addTo(Table.Builder<Subject> table) {
    table
        .told("ConditionResult", "b", checks(checks -> checks.conditions().holds()))
        .told("AssertResult", "b", checks(checks -> checks.asserts().holds()))
        .told("ConditionTimestamp", "t", checks(checks -> Amounts.wall(checks.at())))
        .told("AssertTimestamp", "t", checks(checks -> Amounts.wall(checks.at())))
        .told("ConditionTimestampMonotonic", "t", checks(checks -> Amounts.monotonic(checks.at())))
        .told("AssertTimestampMonotonic", "t", checks(checks -> Amounts.monotonic(checks.at())))
        .value(
            "Conditions",
            "a(sbbsi)",
            s -> list("Condition", s.unit().conditions(), s.record().checks().conditions()))
        .value(
            "Asserts",
            "a(sbbsi)",
            s -> list("Assert", s.unit().asserts(), s.record().checks().asserts()));
  }

  private static Function<Subject, Object> checks(Function<Checks, Object> value) {
    return subject -> value.apply(subject.record().checks());
  }

  private static List<Object> list(String prefix, List<Condition> all, Judgement judgement) {
    var list = new ArrayList<Object>();
    for (var condition : all) {
      list.add(
          new Object[] {
            prefix + condition.kind().word(),
            condition.trigger(),
            condition.negate(),
            condition.argument(),
            result(condition, judgement)
          });
    }
    return list;
  }

  /** 1: met, -1: not met, 0: not looked at. */
  private static int result(Condition condition, Judgement judgement) {
    return judgement.each().stream()
        .filter(judged -> judged.condition().equals(condition))
        .findFirst()
        .map(judged -> judged.result() == Judgement.Result.UNMET ? -1 : 1)
        .orElse(0);
  }
}
