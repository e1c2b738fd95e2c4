/**
 * The daemon's own directory below {@code $XDG_RUNTIME_DIR}, which may be removed, unmounted or
 * mounted over at any time, and come back. Whoever keeps something in it makes that anew then.
 */
@NullMarked
package org.usersvc.daemon.runtime;

import org.jspecify.annotations.NullMarked;
