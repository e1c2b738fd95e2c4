package org.usersvc.systemd.face;

import java.util.List;

/** When a unit has changed its state last, by both clocks. */
final class StampValues implements Table.Part<Subject> {
  private static final String WALL = "Timestamp";
  private static final String MONOTONIC = "TimestampMonotonic";

  private static final List<String> CHANGES =
      List.of("StateChange", "InactiveExit", "ActiveEnter", "ActiveExit", "InactiveEnter");

  @Override
  public void declare(Table.Members members) {
    CHANGES.forEach(change -> members.told(change + WALL, "t").told(change + MONOTONIC, "t"));
  }

  @Override
  public Object value(Subject subject, String property) {
    var stamps = subject.record().stamps();
    var stamp =
        switch (property.substring(0, property.lastIndexOf(WALL))) {
          case "StateChange" -> stamps.stateChange();
          case "InactiveExit" -> stamps.inactiveExit();
          case "ActiveEnter" -> stamps.activeEnter();
          case "ActiveExit" -> stamps.activeExit();
          case "InactiveEnter" -> stamps.inactiveEnter();
          default -> throw Table.Part.unknown(property);
        };
    return property.endsWith(MONOTONIC) ? Amounts.monotonic(stamp) : Amounts.wall(stamp);
  }
}
