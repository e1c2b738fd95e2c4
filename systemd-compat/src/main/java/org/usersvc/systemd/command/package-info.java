/**
 * {@code systemctl --user}, {@code systemd-run --user} and {@code systemd-escape} for machines
 * without systemd: names of the client, which passes its words to the daemon. They are answered
 * here, by the objects that D-Bus serves, in the words and with the exit statuses of systemd 252.
 *
 * <p>The client on these names is a program in C that knows no options: it starts in a millisecond,
 * as scripts call it often, and picocli would need a JVM of its own. The daemon has no picocli on
 * its class path. So {@link org.usersvc.systemd.command.Usage} reads options, in the words in which
 * getopt_long(3) of the real programs complains.
 */
@NullMarked
package org.usersvc.systemd.command;

import org.jspecify.annotations.NullMarked;
