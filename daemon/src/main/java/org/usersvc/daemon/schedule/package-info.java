/**
 * When a service starts by the clock: what the file {@code schedule} of its directory says, what
 * has happened so far, and what follows. All times come in; nothing here reads a clock. Pure.
 *
 * <p>Calendar expressions count on the clock of the day. The others count on a clock that nobody
 * sets, and that goes on while the machine sleeps.
 */
@NullMarked
package org.usersvc.daemon.schedule;

import org.jspecify.annotations.NullMarked;
