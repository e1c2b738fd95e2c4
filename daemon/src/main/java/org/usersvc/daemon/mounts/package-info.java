/**
 * File systems that may hang: which are mounted, and the files on them. A call that may wait for
 * one is made on a thread of that mount; the loop waits a moment and no longer.
 */
@NullMarked
package org.usersvc.daemon.mounts;

import org.jspecify.annotations.NullMarked;
