package org.usersvc.systemd.job;

import java.util.Collection;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.UnitFlags;

/**
 * All units as the jobs see them. Each method answers for every name, known or not. Aliases are
 * resolved: two names of one unit never come out of it.
 */
public interface UnitGraph {
  /** The loaded units that isolating looks at. */
  Collection<UnitName> units();

  /** What became of reading it; a name that nothing is known of is read by this call. */
  LoadState loadState(UnitName unit);

  /** How it is now; {@code INACTIVE} for a name that nothing is known of. */
  ActiveState state(UnitName unit);

  /** What {@code [Unit]} says besides dependencies. */
  UnitFlags flags(UnitName unit);

  /** Whether a unit of this kind and with these settings can be reloaded. */
  boolean canReload(UnitName unit);

  /** Whether it is about to be restarted by itself. */
  boolean restartsItself(UnitName unit);

  /**
   * The units that have the relation to this one, or to which it has it: both directions are
   * complete, whichever unit's file says it. Always in the same order, without doubles.
   */
  Collection<UnitName> related(UnitName unit, Relation relation);
}
