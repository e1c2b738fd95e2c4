@NullMarked
package org.usersvc.daemon.state;

import org.jspecify.annotations.NullMarked;
