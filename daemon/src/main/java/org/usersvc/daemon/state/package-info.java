/**
 * What outlives the daemon: who runs, what is wanted, which sessions there are, kept in a file of
 * the runtime directory for the daemon that comes next. It holds the form of the file and what a
 * process is recognised by; what is to be done about it is not known here.
 */
@NullMarked
package org.usersvc.daemon.state;

import org.jspecify.annotations.NullMarked;
