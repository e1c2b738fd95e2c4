package org.usersvc.systemd.read;

import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;

/** Directives of {@code [Unit]} that older files have in {@code [Service]}. */
final class OldPlacesPart implements Part {
  private final Part limit;
  private final Part flags;

  /**
   * @param limit reads the start limit
   * @param flags reads the action
   */
  OldPlacesPart(Part limit, Part flags) {
    this.limit = limit;
    this.flags = flags;
  }

  @Override
  public boolean take(Value value) {
    return switch (value.key()) {
      case "StartLimitInterval", "StartLimitBurst" -> limit.take(value);
      case "FailureAction" -> flags.take(value);
      default -> false;
    };
  }
}
