/**
 * Finds mistakes in service directories before anything is started. It reads files, and neither
 * asks nor changes anything.
 */
@NullMarked
package org.usersvc.client.check;

import org.jspecify.annotations.NullMarked;
