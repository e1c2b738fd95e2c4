/**
 * The state machine of a systemd timer unit, pure: no clock, no files. {@link
 * org.usersvc.systemd.timer.TimerMachine} says what follows when something happens, and {@link
 * org.usersvc.systemd.timer.Plan} when a timer elapses next; who performs the effects reports what
 * became of them as events.
 *
 * <p>Source of all rules: systemd.timer(5), systemd.time(7).
 */
@NullMarked
package org.usersvc.systemd.timer;

import org.jspecify.annotations.NullMarked;
