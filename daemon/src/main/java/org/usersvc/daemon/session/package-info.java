/** Sessions: who they are, which variables they bring, in which order they count. Pure. */
@NullMarked
package org.usersvc.daemon.session;

import org.jspecify.annotations.NullMarked;
