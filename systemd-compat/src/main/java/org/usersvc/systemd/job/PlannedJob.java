package org.usersvc.systemd.job;

import org.usersvc.systemd.syntax.UnitName;

/**
 * A job of a plan that is not queued yet. Immutable.
 *
 * @param irreversible whether a conflicting job is refused later
 * @param ignoresOrder whether it waits for no other job
 */
public record PlannedJob(UnitName unit, JobType type, boolean irreversible, boolean ignoresOrder) {}
