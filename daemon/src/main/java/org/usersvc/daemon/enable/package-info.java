/**
 * Enabling: makes service directories in the scan directory from available services elsewhere.
 * {@link org.usersvc.daemon.enable.Enabling} changes the directories and knows no process; {@link
 * org.usersvc.daemon.enable.Enablement} serves the doors: it rescans the tree afterwards, and waits
 * for services that are still ending.
 */
@NullMarked
package org.usersvc.daemon.enable;

import org.jspecify.annotations.NullMarked;
