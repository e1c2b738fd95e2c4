/**
 * {@code systemctl --user}, {@code systemd-run --user} and {@code systemd-escape} for machines
 * without systemd: names of the client, which passes its words to the daemon. They are answered
 * here, by the objects that D-Bus serves, in the words and with the exit statuses of systemd 252.
 */
@NullMarked
package org.usersvc.systemd.command;

import org.jspecify.annotations.NullMarked;
