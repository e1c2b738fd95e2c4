/**
 * What starts without a request: units that the user has enabled, and the target of desktops that
 * bring none.
 */
@NullMarked
package org.usersvc.systemd.startup;

import org.jspecify.annotations.NullMarked;
