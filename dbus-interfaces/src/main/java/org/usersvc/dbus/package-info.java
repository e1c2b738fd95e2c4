/**
 * {@code org.usersvc1} on D-Bus: what callers can call, read and listen to, and the errors. What
 * each member does is told by its {@link org.usersvc.dbus.Doc}, from where the installed XML has it
 * too. Member names are those of D-Bus, so that dbus-java can be given these interfaces as they
 * are.
 */
@NullMarked
package org.usersvc.dbus;

import org.jspecify.annotations.NullMarked;
