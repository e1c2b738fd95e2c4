/** What those who supervise stand on: the ports to the system, and what is made of them alone. */
@NullMarked
package org.usersvc.daemon.platform;

import org.jspecify.annotations.NullMarked;
