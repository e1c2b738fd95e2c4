/**
 * Knows the units and drives their jobs. {@link org.usersvc.systemd.manage.Engine} puts the parts
 * together; doors and controllers see them by the interfaces of {@code engine} only.
 *
 * <pre>
 *   UnitManager --> Jobs --> job.JobQueue      which job can run
 *                    |  \--> Starter           limits, conditions, asserts
 *                    |  \--> Aftermath         what follows from what happened
 *                    |  \--> Collector         which units can be forgotten
 *                    |  \--> ReportQueue       what controllers have said
 *                    v
 *                  Units --> UnitTexts         files; Relations: who names whom
 * </pre>
 *
 * <p>Doors hand in what loads units by {@code ReadAhead}, which makes the units known in pieces
 * first. {@code Collector} lets them go in steps, by one {@code NeedlessSearch} for all that may
 * have become needless together.
 *
 * <p>One step is done after the other: first all reports, then the work of jobs that can run, then
 * requests that follow from what happened, then what always has to hold, and last, idle units are
 * forgotten. A call of the manager processes the reports before it and leaves the work for later,
 * so that its answer is sent before anything else that follows from it.
 *
 * <p><b>Loop thread only</b>, all of it.
 */
@NullMarked
package org.usersvc.systemd.manage;

import org.jspecify.annotations.NullMarked;
