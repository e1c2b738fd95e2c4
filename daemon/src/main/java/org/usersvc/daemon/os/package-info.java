/**
 * The kernel, through java.lang.foreign: the one package with system calls. It implements the ports
 * of {@code process}, {@code files} and {@code loop}. Linux on 64 bits, glibc or musl.
 *
 * <p>All functions are called through one handle of one shape, six longs to a long: a handle per
 * function would cost the start of the daemon more than everything else together.
 */
@NullMarked
package org.usersvc.daemon.os;

import org.jspecify.annotations.NullMarked;
