/**
 * The state machine of a systemd path unit, pure: no files, no clock. {@link
 * org.usersvc.systemd.path.PathMachine} says what follows when something happens; who performs its
 * effects looks at the paths, and reports what it has found as events.
 *
 * <p>Source of all rules: systemd.path(5).
 */
@NullMarked
package org.usersvc.systemd.path;

import org.jspecify.annotations.NullMarked;
