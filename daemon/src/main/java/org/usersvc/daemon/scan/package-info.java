/**
 * Follows the scan directory, and other places whose entries come and go: by inotify, by looking
 * again where that does not work, and through links and mounts that may change.
 */
@NullMarked
package org.usersvc.daemon.scan;

import org.jspecify.annotations.NullMarked;
