/**
 * Lingering, and what doctor examines: the daemon with all that services depend on, and its start
 * at a login. No daemon has to run for it.
 */
@NullMarked
package org.usersvc.client.login;

import org.jspecify.annotations.NullMarked;
