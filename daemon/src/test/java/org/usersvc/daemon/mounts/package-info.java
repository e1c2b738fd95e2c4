@org.jspecify.annotations.NullMarked
package org.usersvc.daemon.mounts;
