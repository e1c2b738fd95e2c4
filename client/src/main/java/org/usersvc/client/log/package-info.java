/**
 * The logs of services, as {@code usersvc log} shows them: their places, files and lines, the order
 * of all lines by time, and new lines. Logs are read from their files, so that no daemon is needed.
 * Lines stay bytes until they are printed, and the loops over them make no objects. Imports {@code
 * socket} and nothing else of the client.
 */
@NullMarked
package org.usersvc.client.log;

import org.jspecify.annotations.NullMarked;
