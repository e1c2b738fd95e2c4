/**
 * The command lines and their meaning: the verbs, the syntax of {@code usersvc} (picocli) and of
 * daemontools' programs, the help, the exit statuses, and the request to the daemon.
 */
@NullMarked
package org.usersvc.client.command;

import org.jspecify.annotations.NullMarked;
