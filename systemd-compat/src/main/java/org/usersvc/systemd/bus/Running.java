package org.usersvc.systemd.bus;

import org.usersvc.systemd.engine.ForeignUnits;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.face.Ground;
import org.usersvc.systemd.face.UnitObjects;
import org.usersvc.systemd.install.Installation;
import org.usersvc.systemd.load.UnitPath;

/**
 * All that there is for units.
 *
 * @param installation which units are enabled
 * @param path where units are looked for
 * @param filesChanged called when files of units were linked or removed
 * @param directories the units that are service directories
 */
record Running(
    Ground ground,
    UnitObjects objects,
    Installation installation,
    UnitPath path,
    Runnable filesChanged,
    ForeignUnits directories) {
  Manager manager() {
    return ground.manager();
  }
}
