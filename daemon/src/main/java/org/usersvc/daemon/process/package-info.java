/** The port that makes, signals and reaps children. */
@NullMarked
package org.usersvc.daemon.process;

import org.jspecify.annotations.NullMarked;
