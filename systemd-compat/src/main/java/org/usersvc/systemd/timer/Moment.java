package org.usersvc.systemd.timer;

import java.time.Instant;

/**
 * A moment by both clocks. Immutable.
 *
 * @param nanos of the monotonic clock, whose zero is the start of the machine
 */
public record Moment(Instant wall, long nanos) {}
