/**
 * Units as immutable values: what their files say, with all defaults. {@link
 * org.usersvc.systemd.unit.Relation} names the ways in which units depend on each other. Pure.
 */
@NullMarked
package org.usersvc.systemd.unit;

import org.jspecify.annotations.NullMarked;
