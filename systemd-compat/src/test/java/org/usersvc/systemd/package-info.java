/** Tests of the module as a whole. */
@NullMarked
package org.usersvc.systemd;

import org.jspecify.annotations.NullMarked;
