/**
 * The event loop. One thread owns all supervision state; a turn goes: sleep until something is
 * ready, serve ready descriptors in the order the kernel names them, fire due timers, run what
 * other threads posted, run what was put off, go on with what is done in {@link
 * org.usersvc.daemon.loop.Pieces} and with what clients ask for, then run what ends every turn
 * ({@link org.usersvc.daemon.loop.TurnEnd}). Each of these actions is followed at once by what it
 * has led to. Nothing on the loop blocks. Other threads only {@link
 * org.usersvc.daemon.loop.Mailbox#post post}.
 */
@NullMarked
package org.usersvc.daemon.loop;

import org.jspecify.annotations.NullMarked;
