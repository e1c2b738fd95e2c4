/**
 * How the processes of units run, and how they are ended, as immutable values: the settings of
 * systemd.exec(5) and systemd.kill(5), and the command lines. Pure.
 */
@NullMarked
package org.usersvc.systemd.exec;

import org.jspecify.annotations.NullMarked;
