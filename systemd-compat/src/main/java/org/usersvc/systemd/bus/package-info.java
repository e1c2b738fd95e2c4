/**
 * {@code org.freedesktop.systemd1}: on buses where no other program has the name, and on the
 * private socket that systemctl uses.
 */
@NullMarked
package org.usersvc.systemd.bus;

import org.jspecify.annotations.NullMarked;
