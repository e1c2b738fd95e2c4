/** The base of all supervision: the ports to the system, and objects made only of them. */
@NullMarked
package org.usersvc.daemon.platform;

import org.jspecify.annotations.NullMarked;
