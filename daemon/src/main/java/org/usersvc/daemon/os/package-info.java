/**
 * The kernel: the one package with system calls. It implements the ports of {@code process}, {@code
 * files} and {@code loop}. Linux on 64 bits, glibc or musl.
 *
 * <p>All functions are called in one shape, six longs to a long ({@code NativeCalls}).
 */
@NullMarked
package org.usersvc.daemon.os;

import org.jspecify.annotations.NullMarked;
