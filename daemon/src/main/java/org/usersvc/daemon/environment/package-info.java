/**
 * What new processes are given, composed of the daemon's own environment, the user's files and
 * sessions. Pure.
 */
@NullMarked
package org.usersvc.daemon.environment;

import org.jspecify.annotations.NullMarked;
