/**
 * Units that callers describe over D-Bus: the properties of {@code StartTransientUnit} become the
 * text of a unit file, so that such a unit is read like any other one. Pure.
 *
 * <p>Source: org.freedesktop.systemd1(5), systemd-run(1).
 */
@NullMarked
package org.usersvc.systemd.made;

import org.jspecify.annotations.NullMarked;
