/**
 * Enabling, masking and linking of units: links in the user's directories, and the states that
 * follow from them.
 *
 * <p>Each request first becomes a list of changes, which is also the answer; only then {@link
 * org.usersvc.systemd.install.Changing} performs it. {@link
 * org.usersvc.systemd.install.Installation} is the entry.
 *
 * <p>Source: systemctl(1), "Unit File Commands"; answers of systemctl 252 with {@code --root}.
 */
@NullMarked
package org.usersvc.systemd.install;

import org.jspecify.annotations.NullMarked;
