/**
 * The state machine of a systemd scope, pure: a unit of processes that others have started. Source:
 * systemd.scope(5), systemd.kill(5).
 */
@NullMarked
package org.usersvc.systemd.scope;

import org.jspecify.annotations.NullMarked;
