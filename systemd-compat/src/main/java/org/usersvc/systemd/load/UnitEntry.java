package org.usersvc.systemd.load;

import org.usersvc.systemd.syntax.UnitName;

/** What the search path has under a name: the entry of the highest priority. */
public sealed interface UnitEntry {
  /** The entry in its directory. */
  Listed listed();

  /** A file with the unit's text, or a mask; it may be reached through a link. */
  record File(Listed listed) implements UnitEntry {}

  /**
   * Another name of a unit.
   *
   * @param unit the name it stands for, which may be an alias itself
   */
  record Alias(Listed listed, UnitName unit) implements UnitEntry {}
}
