/**
 * The interfaces for modules that extend the daemon. Such a module imports this package and the
 * types in its signatures, and no other part; {@code bus} implements it.
 */
@NullMarked
package org.usersvc.daemon.extension;

import org.jspecify.annotations.NullMarked;
