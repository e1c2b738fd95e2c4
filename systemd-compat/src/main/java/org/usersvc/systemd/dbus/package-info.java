/**
 * The units of the session bus. They are built in: no program is run for them, so that there is
 * never a second bus. They are active while a bus is there.
 */
@NullMarked
package org.usersvc.systemd.dbus;

import org.jspecify.annotations.NullMarked;
