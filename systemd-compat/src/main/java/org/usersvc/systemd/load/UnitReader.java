package org.usersvc.systemd.load;

import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Install;
import org.usersvc.systemd.unit.Unit;

/** Understands what {@link Loader} has read. */
public interface UnitReader {
  /** The unit; one that is not LOADED has no settings. */
  Unit read(UnitSources sources);

  /**
   * The section {@code [Install]} alone.
   *
   * @param name the name for which specifiers stand; an instance, also of a template's sources
   */
  Install install(UnitName name, UnitSources sources);
}
