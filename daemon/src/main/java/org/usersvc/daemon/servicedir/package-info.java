/** The content of a service directory; only read, never written. */
@NullMarked
package org.usersvc.daemon.servicedir;

import org.jspecify.annotations.NullMarked;
