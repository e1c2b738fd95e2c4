/** The port to directories, FIFOs, locks, watches and local sockets; paths are native text. */
@NullMarked
package org.usersvc.daemon.files;

import org.jspecify.annotations.NullMarked;
