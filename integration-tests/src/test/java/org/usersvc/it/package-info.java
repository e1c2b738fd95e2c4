/**
 * The image against the real programs. Each test has a tree of its own: a temporary directory that
 * is also HOME of everything started for it, by which nothing that is left over goes unseen.
 */
@NullMarked
package org.usersvc.it;

import org.jspecify.annotations.NullMarked;
