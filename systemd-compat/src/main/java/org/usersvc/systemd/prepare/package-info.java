/**
 * What a command of a unit is given: arguments, environment, directories, standard streams, limits.
 * {@link org.usersvc.systemd.prepare.Preparation} puts it together for the daemon's launcher, or
 * says which step has failed. It knows no state of a unit.
 *
 * <p>Source: systemd.exec(5). A file system that hangs makes a step fail, as the daemon's files do.
 */
@NullMarked
package org.usersvc.systemd.prepare;

import org.jspecify.annotations.NullMarked;
