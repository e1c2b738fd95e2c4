/**
 * The environment of new processes, composed of the daemon's own, the user's files and sessions.
 * Pure.
 */
@NullMarked
package org.usersvc.daemon.environment;

import org.jspecify.annotations.NullMarked;
