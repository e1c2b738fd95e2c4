/** Lingering, and the examination of the daemon's start at a login; all without the daemon. */
@NullMarked
package org.usersvc.client.login;

import org.jspecify.annotations.NullMarked;
