/**
 * The state machine of a systemd socket unit, pure: no clock, no files, no processes. {@link
 * org.usersvc.systemd.socket.SocketMachine} says what follows when something happens; who performs
 * its effects reports what became of them as events.
 *
 * <p>Source of all rules: systemd.socket(5), systemd.kill(5).
 */
@NullMarked
package org.usersvc.systemd.socket;

import org.jspecify.annotations.NullMarked;
