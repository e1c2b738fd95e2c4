package org.usersvc.systemd.read;

import java.util.List;
import java.util.function.Consumer;
import org.usersvc.systemd.directive.Dependencies;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.syntax.Flaw;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Settings;

/** The section that only units of one type have. It lives as long as one unit is read. */
interface Section {
  /** Its groups of directives. */
  List<Part> parts();

  /** What its values have made, with all defaults; called once, after the last value. */
  Settings settings(Rest rest);

  /**
   * What settings depend on besides.
   *
   * @param unit the unit's name
   * @param dependencies takes the units that the section names, or implies
   * @param successAction what the unit does when it has ended well; {@code none}: nothing
   * @param flaws takes what is wrong with the section as a whole
   */
  record Rest(
      UnitName unit, Dependencies dependencies, String successAction, Consumer<Flaw> flaws) {}
}
