/**
 * The built-in logger: what services print, line by line, stamped, into directories of svlogd's
 * form (svlogd.8). A thread of its own with a loop of its own does it, so a slow disk stops nothing
 * else. What a pipe holds is written exactly once and in order, whenever the daemon is killed:
 * {@link org.usersvc.daemon.log.Ledger} says how.
 */
@NullMarked
package org.usersvc.daemon.log;

import org.jspecify.annotations.NullMarked;
