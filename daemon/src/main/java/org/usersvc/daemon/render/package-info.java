/** Text and JSON of what the supervisor knows, made once for every client. */
@NullMarked
package org.usersvc.daemon.render;

import org.jspecify.annotations.NullMarked;
