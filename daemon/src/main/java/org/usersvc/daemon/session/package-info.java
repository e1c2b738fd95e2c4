/** Sessions: their identity, their variables and their precedence. Pure. */
@NullMarked
package org.usersvc.daemon.session;

import org.jspecify.annotations.NullMarked;
