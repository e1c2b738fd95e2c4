/** Enabling: makes service directories in the scan directory out of definitions elsewhere. */
@NullMarked
package org.usersvc.daemon.definition;

import org.jspecify.annotations.NullMarked;
