/**
 * Jobs: what is asked of units, and in which order it is done. {@link
 * org.usersvc.systemd.job.Transaction} makes a plan of all jobs that one request needs, or refuses
 * it. {@link org.usersvc.systemd.job.JobQueue} holds the jobs of all plans, says which of them can
 * run, and draws the conclusions when one ends. {@link org.usersvc.systemd.job.Reactions} and
 * {@link org.usersvc.systemd.job.Upkeep} turn what happened to a unit into new requests.
 *
 * <p>Units are seen through {@link org.usersvc.systemd.job.UnitGraph}. Nothing here starts a
 * process, reads a clock or has a thread: the caller carries the work out, arms the timers and
 * reports. Pure.
 */
@NullMarked
package org.usersvc.systemd.job;

import org.jspecify.annotations.NullMarked;
