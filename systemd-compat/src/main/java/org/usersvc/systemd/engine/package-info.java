/**
 * What doors, controllers of units and the manager of jobs say to each other.
 *
 * <pre>
 *   door --> Manager -->  (manage)  --> Controller     orders
 *                          ^    |           |
 *     News <---------------|----+           |
 *                        Reports <----------+          what became of them
 * </pre>
 *
 * <p>Doors call {@link org.usersvc.systemd.engine.Manager} and hear {@link
 * org.usersvc.systemd.engine.News}. One {@link org.usersvc.systemd.engine.Controller} for each unit
 * does what jobs order, and says so to its {@link org.usersvc.systemd.engine.Reports}. Package
 * {@code manage} is between them.
 *
 * <p>Nothing is re-entrant. A controller reports at any time, also in the midst of an order; what
 * follows happens later. The states that {@link org.usersvc.systemd.engine.UnitRecord} shows are
 * those whose reports were processed. <b>Loop thread only</b>, all of it.
 */
@NullMarked
package org.usersvc.systemd.engine;

import org.jspecify.annotations.NullMarked;
