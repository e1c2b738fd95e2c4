/**
 * Runs units. {@link org.usersvc.systemd.engine.Engine} puts it together, doors call {@link
 * org.usersvc.systemd.engine.Manager}, and one {@link org.usersvc.systemd.engine.Controller} for
 * each unit does what jobs order.
 *
 * <pre>
 *   door --> Manager --> Jobs --> Controller          orders
 *                          ^          |
 *     News <--- Jobs <--- Reports <---+               what became of them
 *                  \
 *                   Units (job.UnitGraph): text of units, their relations and states
 * </pre>
 *
 * <p>Nothing is re-entrant. A controller reports at any time, also in the midst of an order; its
 * report waits in a queue. Jobs do one step after the other: first all reports, then the work of
 * jobs that can run, then requests that follow from what happened, then what always has to hold,
 * and last, idle units are forgotten. The states that {@link org.usersvc.systemd.engine.UnitRecord}
 * shows are those whose reports were processed. A call of the manager processes the reports before
 * it and leaves the work for later, so that its answer is sent before anything else that follows
 * from it.
 *
 * <p><b>Loop thread only</b>, all of it.
 */
@NullMarked
package org.usersvc.systemd.engine;

import org.jspecify.annotations.NullMarked;
