/**
 * The objects of {@code org.freedesktop.systemd1} for units and jobs. A {@link
 * org.usersvc.systemd.face.Table} says what an interface has: names, signatures, and how a value
 * comes from a unit; {@link org.usersvc.systemd.face.UnitObjects} makes an object when somebody
 * asks for its path, and forgets it.
 *
 * <p>Source: org.freedesktop.systemd1(5).
 */
@NullMarked
package org.usersvc.systemd.face;

import org.jspecify.annotations.NullMarked;
