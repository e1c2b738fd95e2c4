/** Lingering, and the examination of what starts the daemon at a login; all without the daemon. */
@NullMarked
package org.usersvc.client.login;

import org.jspecify.annotations.NullMarked;
