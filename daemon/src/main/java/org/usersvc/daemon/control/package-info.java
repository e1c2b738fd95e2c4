/**
 * The classic door: {@code supervise/} as runsv keeps it, so that sv, svc, svok and svstat work
 * unchanged. It holds the byte formats, the place and the descriptors; what letters mean is not
 * known here.
 */
@NullMarked
package org.usersvc.daemon.control;

import org.jspecify.annotations.NullMarked;
