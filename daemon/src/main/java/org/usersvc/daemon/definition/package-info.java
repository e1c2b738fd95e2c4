/**
 * Enabling: makes service directories in the scan directory out of definitions elsewhere. {@link
 * org.usersvc.daemon.definition.Enabling} changes the directories and knows no process; {@link
 * org.usersvc.daemon.definition.Enablement} is what doors use: it has the tree looked at
 * afterwards, and waits for services that are still ending.
 */
@NullMarked
package org.usersvc.daemon.definition;

import org.jspecify.annotations.NullMarked;
