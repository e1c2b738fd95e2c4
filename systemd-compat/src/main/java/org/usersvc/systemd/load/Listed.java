package org.usersvc.systemd.load;

import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.syntax.UnitName;

/**
 * An entry of a search directory whose name is that of a unit.
 *
 * @param target where it leads if it is a link, absolute and normal; else null
 */
public record Listed(UnitName name, SearchDirectory directory, @Nullable String target) {
  /** The absolute path of the entry. */
  public String path() {
    return directory.path() + "/" + name;
  }

  /** The path to which links that enable the unit lead: where a link leads, else the entry. */
  public String source() {
    return target == null || isMask() ? path() : target;
  }

  /** Whether it is a link that disables the unit. */
  public boolean isMask() {
    return UnitText.NOTHING.equals(target);
  }
}
