/** Makes the introspection XML of the interfaces; part of the build only. */
@NullMarked
package org.usersvc.dbus.introspection;

import org.jspecify.annotations.NullMarked;
