/**
 * Where the files of a unit are: the search path, the names and aliases in it, drop-ins, and the
 * dependencies that directories of links add.
 *
 * <p>{@link org.usersvc.systemd.load.UnitIndex} knows which names exist, and {@link
 * org.usersvc.systemd.load.Loader} reads all files of one unit. Neither knows what the files mean.
 * Nothing here blocks: FIFOs, devices and very long files are problems of the unit.
 *
 * <p>Source: systemd.unit(5), "Description" and "Unit File Load Path".
 */
@NullMarked
package org.usersvc.systemd.load;

import org.jspecify.annotations.NullMarked;
