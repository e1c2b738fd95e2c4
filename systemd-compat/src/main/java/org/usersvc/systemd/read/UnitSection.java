package org.usersvc.systemd.read;

import java.util.List;
import org.usersvc.systemd.directive.Dependencies;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.StartLimitPart;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.StartLimit;
import org.usersvc.systemd.unit.UnitFlags;

/** The section {@code [Unit]}, which units of all types have. It lives as long as one is read. */
final class UnitSection {
  static final String NAME = "Unit";

  private final UnitPart words;
  private final FlagsPart flags = new FlagsPart();
  private final StartLimitPart startLimit =
      new StartLimitPart(
          StartLimit.DEFAULT, "StartLimitBurst", "StartLimitIntervalSec", "StartLimitInterval");

  /**
   * @param dependencies takes the units that it names
   */
  UnitSection(Dependencies dependencies) {
    words = new UnitPart(dependencies);
  }

  /** Its groups of directives. */
  List<Part> parts() {
    return List.of(words, flags, startLimit);
  }

  /** The directives of this section that the section of a type may have in its place. */
  List<Part> partsElsewhere(UnitType type) {
    return type == UnitType.SERVICE ? List.of(new OldPlacesPart(startLimit, flags)) : List.of();
  }

  /** The description and the like. */
  UnitPart words() {
    return words;
  }

  UnitFlags flags() {
    return flags.flags(startLimit.limit());
  }
}
