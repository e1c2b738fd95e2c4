/** The verbs that look for daemons among the processes of the user, and end one. */
@NullMarked
package org.usersvc.client.process;

import org.jspecify.annotations.NullMarked;
