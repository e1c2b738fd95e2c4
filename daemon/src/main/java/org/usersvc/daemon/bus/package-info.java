/**
 * D-Bus: connections to session buses and from direct peers, and what is exported on them. All of
 * it runs on the loop. Values are those of dbus-java; messages are read and written here, because
 * its reader trusts what it is sent and its writer is too slow for long lists.
 */
@NullMarked
package org.usersvc.daemon.bus;

import org.jspecify.annotations.NullMarked;
