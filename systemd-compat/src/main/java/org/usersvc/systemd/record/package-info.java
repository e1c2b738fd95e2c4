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
 * <p>A unit of any type has {@code invocation}, {@code stamps} (five moments, each {@code -} or
 * seconds and nanoseconds of the day's clock and nanoseconds of the monotonic one), {@code
 * startsBegan} and {@code starts} (of the limit). A service adds {@link
 * org.usersvc.systemd.record.ServiceStateText}, {@code group} (the invocation id of its processes),
 * {@code processes} ({@code PID:START}, those that live marked by {@code +} before), {@code timers}
 * ({@code TIMER:NANOSECONDS} of the monotonic clock), {@code lastMain}, {@code status}, {@code
 * errno}, {@code watchdog} and {@code reloadBegan}. A scope adds {@code phase}, {@code timedOut},
 * {@code stopAsked}, {@code group}, {@code processes} and {@code bound}. A timer adds {@code
 * phase}, {@code result}, {@code since} and {@code sinceNanos}, {@code spentUntil}, {@code chance},
 * {@code last}, {@code lastNanos}, {@code next}, {@code nextNanos} and {@code each}; a path unit
 * {@code phase}, {@code result} and {@code existed}; a socket that is up {@code phase}, {@code
 * accepted}, {@code refused} and {@code connections} (the services that have one). A job has {@code
 * unit}, {@code type}, {@code state}, {@code irreversible} and {@code ignoresOrder}.
 *
 * <p>A reader ignores names that it does not know. It ignores a record of a later version as a
 * whole, as it does with a damaged one; the unit's processes are then found by their invocation ids
 * ({@link org.usersvc.systemd.record.InvocationId}).
 */
@NullMarked
package org.usersvc.systemd.record;

import org.jspecify.annotations.NullMarked;
