/** The state machine of one supervised process, pure: no clock, no files, no system calls. */
@NullMarked
package org.usersvc.daemon.lifecycle;

import org.jspecify.annotations.NullMarked;
