/**
 * File systems that may hang: the present ones, and the files on them. A call that may wait for one
 * is made on a thread of that mount; the loop waits only a moment.
 */
@NullMarked
package org.usersvc.daemon.mounts;

import org.jspecify.annotations.NullMarked;
