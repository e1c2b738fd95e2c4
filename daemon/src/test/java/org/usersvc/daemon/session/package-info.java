@NullMarked
package org.usersvc.daemon.session;

import org.jspecify.annotations.NullMarked;
