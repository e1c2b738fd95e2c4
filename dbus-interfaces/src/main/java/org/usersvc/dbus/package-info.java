/**
 * {@code org.usersvc1} on D-Bus: its methods, properties, signals and errors. The {@link
 * org.usersvc.dbus.Doc} of each member describes it, also in the installed XML. Member names are
 * those of D-Bus, so that dbus-java can use these interfaces as they are.
 */
@NullMarked
package org.usersvc.dbus;

import org.jspecify.annotations.NullMarked;
