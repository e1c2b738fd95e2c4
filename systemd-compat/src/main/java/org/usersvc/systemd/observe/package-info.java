/**
 * Performs what the machine of path units decides, on the mechanisms of the daemon. A {@link
 * org.usersvc.systemd.observe.PathRunner} is the controller of one unit. Nothing is polled: the
 * kernel reports changes.
 */
@NullMarked
package org.usersvc.systemd.observe;

import org.jspecify.annotations.NullMarked;
