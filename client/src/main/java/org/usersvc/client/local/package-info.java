/**
 * The places of service directories and definitions, and what verbs share that the client carries
 * out by itself: no daemon has to run for them.
 */
@NullMarked
package org.usersvc.client.local;

import org.jspecify.annotations.NullMarked;
