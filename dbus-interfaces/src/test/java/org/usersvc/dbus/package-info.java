@NullMarked
package org.usersvc.dbus;

import org.jspecify.annotations.NullMarked;
