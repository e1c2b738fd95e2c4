/**
 * Enabling: makes service directories in the scan directory from definitions elsewhere. {@link
 * org.usersvc.daemon.definition.Enabling} changes the directories and knows no process; {@link
 * org.usersvc.daemon.definition.Enablement} serves the doors: it rescans the tree afterwards, and
 * waits for services that are still ending.
 */
@NullMarked
package org.usersvc.daemon.definition;

import org.jspecify.annotations.NullMarked;
