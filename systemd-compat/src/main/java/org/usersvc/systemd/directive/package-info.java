/**
 * Groups of directives that several sections have, and how values are read. A <i>part</i> reads the
 * directives of one group: it is mutable, and lives as long as one unit is read. Pure.
 */
@NullMarked
package org.usersvc.systemd.directive;

import org.jspecify.annotations.NullMarked;
