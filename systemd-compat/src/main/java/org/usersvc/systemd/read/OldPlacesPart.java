package org.usersvc.systemd.read;

import org.usersvc.systemd.directive.Part;

/** Directives of {@code [Unit]} that older files have in {@code [Service]}. */
final class OldPlacesPart extends Part {
  /**
   * @param limit reads the start limit
   * @param flags reads the action
   */
  OldPlacesPart(Part limit, Part flags) {
    on("StartLimitInterval", limit::take);
    on("StartLimitBurst", limit::take);
    on("FailureAction", flags::take);
  }
}
