/**
 * The event loop. One thread owns all supervision state; a turn goes: sleep until something is
 * ready, serve ready descriptors in the order the kernel names them (one of them is the timer of
 * the {@link org.usersvc.daemon.loop.DayAlarms}), fire due timers, run what other threads posted
 * for 20 ms at most, run the actions that were put off, go on with the {@link
 * org.usersvc.daemon.loop.Pieces} of long works and of clients' requests, then run the actions that
 * end every turn ({@link org.usersvc.daemon.loop.TurnEnd}). After each of these actions all that
 * follows from it is done at once. Nothing on the loop blocks. Other threads only {@link
 * org.usersvc.daemon.loop.Mailbox#post post}.
 */
@NullMarked
package org.usersvc.daemon.loop;

import org.jspecify.annotations.NullMarked;
