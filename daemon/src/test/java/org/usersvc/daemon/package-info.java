/** Tests of the daemon as a whole. */
@NullMarked
package org.usersvc.daemon;

import org.jspecify.annotations.NullMarked;
