/**
 * Keeps sessions and the environment: finds and watches leaders, settles changes, writes the
 * mirror.
 */
@NullMarked
package org.usersvc.daemon.activation;

import org.jspecify.annotations.NullMarked;
