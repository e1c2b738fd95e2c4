/**
 * The command lines and their meaning: the verbs, the syntax of {@code usersvc} (picocli) and of
 * daemontools' programs, the help, the exit statuses, and the request to the daemon.
 *
 * <p>Shells complete by asking {@code usersvc --complete}, which the launcher answers ({@code
 * complete.c}). The generator of picocli does not serve: it makes words of bash alone, from
 * subcommands, of which there are none here, and knows no services by their state.
 */
@NullMarked
package org.usersvc.client.command;

import org.jspecify.annotations.NullMarked;
