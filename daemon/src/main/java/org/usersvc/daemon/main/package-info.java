/** The program: settings, places, wiring, signals, and the daemon's own log. */
@NullMarked
package org.usersvc.daemon.main;

import org.jspecify.annotations.NullMarked;
