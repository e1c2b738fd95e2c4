/**
 * The text of the records by which units outlive the daemon. Pure.
 *
 * <p>The daemon's state file keeps short texts for the next daemon ({@link
 * org.usersvc.daemon.extension.Records}). Each unit that has ever changed its state has one, under
 * {@code unit NAME}, and each queued job has one, under {@code job ID}. A record is lines:
 *
 * <pre>
 * 1                       the version of the format
 * name=value              {@code \\} is a backslash and {@code \n} the end of a line
 * </pre>
 *
 * <p>A unit of any type has {@code invocation}, {@code state}, {@code stamps} (ten numbers: seconds
 * and nanoseconds of the day's clock, or {@code -}) and {@code starts} (begin and count of the
 * limit). A service adds {@link org.usersvc.systemd.record.ServiceStateText}, {@code processes}
 * ({@code PID:START}, those that live first marked by {@code +}), {@code timers} ({@code
 * TIMER:NANOSECONDS} of the monotonic clock), {@code lastMain}, {@code status}, {@code errno},
 * {@code watchdog} and {@code reloadBegan}. A scope adds {@code phase}, {@code timedOut}, {@code
 * stopAsked}, {@code group}, {@code processes} and {@code bound}. A job has {@code unit}, {@code
 * type}, {@code state} and {@code flags}. Socket units keep records of their own under {@code
 * socket NAME}.
 *
 * <p>A reader ignores names that it does not know. It ignores a record of a later version as a
 * whole, as it does with a damaged one; the unit's processes are then found by their invocation ids
 * ({@link org.usersvc.systemd.record.InvocationId}).
 */
@NullMarked
package org.usersvc.systemd.record;

import org.jspecify.annotations.NullMarked;
