/** The units of the session bus. */
@NullMarked
package org.usersvc.systemd.dbus;

import org.jspecify.annotations.NullMarked;
