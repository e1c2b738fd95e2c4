/**
 * The control socket from the client's side: its place, one request and its answer, and the bytes
 * of names. The daemon's package of the same name describes the dialogue. Imports nothing of the
 * other packages.
 */
@NullMarked
package org.usersvc.client.socket;

import org.jspecify.annotations.NullMarked;
