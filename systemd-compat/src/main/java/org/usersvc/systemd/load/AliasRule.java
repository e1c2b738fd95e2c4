package org.usersvc.systemd.load;

import java.util.Optional;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Which names a unit may have besides its own.
 *
 * <p>Source: systemd.unit(5), "Description": "Aliases obey the following restrictions".
 */
public final class AliasRule {
  private AliasRule() {}

  /**
   * The unit that a link stands for.
   *
   * @param link the name of the link
   * @param target the last step of where it leads
   * @return the same name if the link is only another place of the unit's file; empty if it breaks
   *     the rules
   */
  public static Optional<UnitName> unit(UnitName link, UnitName target) {
    if (link.type() != target.type()) {
      return Optional.empty();
    }
    if (link.isInstance()) {
      return instance(link, target);
    }
    return link.isTemplate() == target.isTemplate() && !target.isInstance()
        ? Optional.of(target)
        : Optional.empty();
  }

  private static Optional<UnitName> instance(UnitName link, UnitName target) {
    if (target.isTemplate()) {
      return UnitName.parse(target.prefix() + "@" + link.instance() + "." + target.type().suffix());
    }
    return target.instance().equals(link.instance()) ? Optional.of(target) : Optional.empty();
  }
}
