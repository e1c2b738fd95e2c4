package org.usersvc.systemd.engine;

import java.util.Optional;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Unit;

/**
 * Units for which something else stands than a unit file; it goes before a file of that name, so
 * that none runs twice. {@link Manager#look} is called when such a name comes or goes. <b>Loop
 * thread only.</b>
 */
public interface ForeignUnits {
  /** There are none. */
  ForeignUnits NONE =
      new ForeignUnits() {
        @Override
        public Optional<Text> text(UnitName name) {
          return Optional.empty();
        }

        @Override
        public Controller control(Unit unit, Reports reports) {
          throw new IllegalArgumentException("no foreign unit: " + unit.id());
        }
      };

  /** The unit as a file would say it; empty if the name is none of these now. */
  Optional<Text> text(UnitName name);

  /** Makes its controller. */
  Controller control(Unit unit, Reports reports);

  /**
   * What stands for the file of a unit. Immutable.
   *
   * @param path absolute
   * @param content as a unit file has it
   */
  record Text(String path, String content) {}
}
