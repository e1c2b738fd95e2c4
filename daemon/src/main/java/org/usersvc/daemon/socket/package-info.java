/**
 * The control socket. ARCHITECTURE.md shows the dialogue; a request is one line of JSON, an answer
 * is lines marked 1 (stdout), 2 (stderr), = (exit status, last), and 0 every two seconds while the
 * daemon has nothing else to say; clients leave out lines with marks that they do not know.
 */
@NullMarked
package org.usersvc.daemon.socket;

import org.jspecify.annotations.NullMarked;
