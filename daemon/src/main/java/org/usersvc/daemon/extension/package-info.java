/**
 * What modules beside the daemon are written against: interfaces, and what these hand out. Whoever
 * extends the daemon imports this package and the types in its signatures, and no other part;
 * {@code bus} implements it.
 */
@NullMarked
package org.usersvc.daemon.extension;

import org.jspecify.annotations.NullMarked;
