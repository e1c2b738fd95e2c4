/** Text and JSON of the supervisor's knowledge, the same for every client. */
@NullMarked
package org.usersvc.daemon.render;

import org.jspecify.annotations.NullMarked;
