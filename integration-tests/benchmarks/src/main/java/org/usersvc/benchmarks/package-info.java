/** What the daemon does most often, measured; see {@code make bench}. */
@NullMarked
package org.usersvc.benchmarks;

import org.jspecify.annotations.NullMarked;
