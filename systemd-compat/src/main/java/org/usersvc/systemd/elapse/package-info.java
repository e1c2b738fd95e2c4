/**
 * Performs what the machine of timer units decides, on the mechanisms of the daemon. A {@link
 * org.usersvc.systemd.elapse.TimerRunner} is the controller of one unit, and {@link
 * org.usersvc.systemd.elapse.TimerUnits} makes them and notifies them of the local time zone.
 *
 * <p>Nothing is woken between the times of timers. Times of the day are those of the clock as it is
 * then, whoever has set it in between. A timer elapses at its time, or, by its {@code
 * AccuracySec=}, a bit later together with another one.
 */
@NullMarked
package org.usersvc.systemd.elapse;

import org.jspecify.annotations.NullMarked;
