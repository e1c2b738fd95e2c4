/**
 * The classic door: {@code supervise/} as runsv keeps it, so that sv, svc, svok and svstat work
 * unchanged. It holds the byte formats, the place and the descriptors, but not the meaning of
 * letters.
 */
@NullMarked
package org.usersvc.daemon.control;

import org.jspecify.annotations.NullMarked;
