/** What is to be known of this machine and its user: conditions ask for it. */
@NullMarked
package org.usersvc.systemd.machine;

import org.jspecify.annotations.NullMarked;
