/**
 * The control socket as its client sees it: where it is, one request and its answer, and the bytes
 * of names. The dialogue is described in the package of the same name of the daemon. Imports
 * nothing of the other packages.
 */
@NullMarked
package org.usersvc.client.socket;

import org.jspecify.annotations.NullMarked;
