/**
 * Performs what the machine of socket units decides, on the mechanisms of the daemon. A {@link
 * org.usersvc.systemd.listen.SocketRunner} is the controller of one unit, and {@link
 * org.usersvc.systemd.listen.SocketUnits} makes them and knows which sockets a service gets.
 *
 * <p>Sockets outlive a replacement of the daemon in its process. If the daemon dies, a service that
 * has its sockets goes on to serve them; the unit opens new ones when the service has ended.
 */
@NullMarked
package org.usersvc.systemd.listen;

import org.jspecify.annotations.NullMarked;
