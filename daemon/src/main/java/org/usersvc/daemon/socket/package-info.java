/**
 * The control socket. ARCHITECTURE.md shows the dialogue; a request is one line of JSON, an answer
 * is lines marked 1 (stdout), 2 (stderr) and = (exit status, last).
 */
@NullMarked
package org.usersvc.daemon.socket;

import org.jspecify.annotations.NullMarked;
