/**
 * Finds what is wrong with unit files, for {@code usersvc verify}. It reads them as the daemon
 * does, and starts nothing.
 */
@NullMarked
package org.usersvc.systemd.verify;

import org.jspecify.annotations.NullMarked;
