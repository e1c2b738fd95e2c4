/**
 * The logs of services, as {@code usersvc log} shows them: where they are, their files and lines,
 * the order of all lines by time, and what is added while somebody looks. Logs are read from their
 * files, so that no daemon is needed. Lines stay bytes until they are printed, and the loops over
 * them make no objects. Imports {@code socket} and nothing else of the client.
 */
@NullMarked
package org.usersvc.client.log;

import org.jspecify.annotations.NullMarked;
