/** {@code org.usersvc1} on D-Bus: what callers can call, read and listen to, and the errors. */
@NullMarked
package org.usersvc.dbus;

import org.jspecify.annotations.NullMarked;
