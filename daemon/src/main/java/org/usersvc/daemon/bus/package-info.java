/**
 * D-Bus: connections to session buses and from direct peers, and what is exported on them. All of
 * it runs on the loop; dbus-java reads and writes the messages.
 */
@NullMarked
package org.usersvc.daemon.bus;

import org.jspecify.annotations.NullMarked;
