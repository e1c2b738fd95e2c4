/** The port through which children are made, signalled and reaped. */
@NullMarked
package org.usersvc.daemon.process;

import org.jspecify.annotations.NullMarked;
