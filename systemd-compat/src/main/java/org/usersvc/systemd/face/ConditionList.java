package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.systemd.condition.Condition;
import org.usersvc.systemd.condition.Judgement;

/** The conditions and asserts of a unit, and what came of them. */
final class ConditionList implements Table.Part<Subject> {
  @Override
  public void declare(Table.Members members) {
    members
        .told("ConditionResult", "b")
        .told("AssertResult", "b")
        .told("ConditionTimestamp", "t")
        .told("AssertTimestamp", "t")
        .told("ConditionTimestampMonotonic", "t")
        .told("AssertTimestampMonotonic", "t")
        .value("Conditions", "a(sbbsi)")
        .value("Asserts", "a(sbbsi)");
  }

  @Override
  public Object value(Subject subject, String property) {
    var checks = subject.record().checks();
    var unit = subject.unit();
    return switch (property) {
      case "ConditionResult" -> checks.conditions().holds();
      case "AssertResult" -> checks.asserts().holds();
      case "ConditionTimestamp", "AssertTimestamp" -> Amounts.wall(checks.at());
      case "ConditionTimestampMonotonic", "AssertTimestampMonotonic" ->
          Amounts.monotonic(checks.at());
      case "Conditions" -> list("Condition", unit.conditions(), checks.conditions());
      case "Asserts" -> list("Assert", unit.asserts(), checks.asserts());
      default -> throw Table.Part.unknown(property);
    };
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
