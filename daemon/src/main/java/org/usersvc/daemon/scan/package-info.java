/**
 * Watches the scan directory, and other places whose entries come and go: by inotify, or else by
 * polling, and through links and mounts that may change.
 */
@NullMarked
package org.usersvc.daemon.scan;

import org.jspecify.annotations.NullMarked;
