/**
 * Performs what the machines of services and scopes decide, on the mechanisms of the daemon. A
 * {@link org.usersvc.systemd.run.ServiceRunner} or {@link org.usersvc.systemd.run.ScopeRunner} is
 * the controller of one unit; the engine knows it by its interface only.
 *
 * <p>Which processes belong to a unit is found out without cgroups: by the ids in their
 * environments, by sessions, and by descent. That takes a reading of {@code /proc}, so the signals
 * to a whole unit are sent a moment later; commands wait for them. <b>Loop thread only.</b>
 */
@NullMarked
package org.usersvc.systemd.run;

import org.jspecify.annotations.NullMarked;
