/**
 * The verbs that make, show and change definitions: directories with a {@code run} that {@code
 * enable} makes services of. Whatever they write is complete or not there: it is made under a
 * hidden name first, and renamed.
 */
@NullMarked
package org.usersvc.client.definition;

import org.jspecify.annotations.NullMarked;
