/**
 * Performs what the machine of socket units decides, on the mechanisms of the daemon. A {@link
 * org.usersvc.systemd.listen.SocketRunner} is the controller of one unit, and {@link
 * org.usersvc.systemd.listen.SocketUnits} makes them and knows which sockets a service gets.
 *
 * <p>Sockets and FIFOs outlive the daemon, whether it is replaced or dies: the next one opens the
 * same again, with all that waits in them. Where the daemon's keeper has died, too, a service that
 * has its sockets goes on to serve them; the unit opens new ones when the service has ended.
 */
@NullMarked
package org.usersvc.systemd.listen;

import org.jspecify.annotations.NullMarked;
