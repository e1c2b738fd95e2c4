/**
 * From unit files to {@link org.usersvc.systemd.unit.Unit}: the sections, which directives there
 * are and what becomes of each, what follows from a unit's type, and which units cannot be. Pure.
 */
@NullMarked
package org.usersvc.systemd.read;

import org.jspecify.annotations.NullMarked;
