/** Values that all packages share: identities, signals, exit statuses, native text. Immutable. */
@NullMarked
package org.usersvc.daemon.model;

import org.jspecify.annotations.NullMarked;
