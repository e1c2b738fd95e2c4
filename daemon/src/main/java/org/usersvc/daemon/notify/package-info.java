/**
 * The protocol of sd_notify(3): messages of services, in datagrams to a socket of the daemon. A
 * message is lines of {@code NAME=value}:
 *
 * <pre>
 * READY=1  RELOADING=1  STOPPING=1         its phase; the last one of a message counts
 * MONOTONIC_USEC=n                         with RELOADING: when the reload began
 * STATUS=text  ERRNO=n  MAINPID=n          facts for people, and the service's main process
 * WATCHDOG=1  WATCHDOG=trigger             it lives; it asks to be treated as hanging
 * WATCHDOG_USEC=n                          how often it will ping
 * EXTEND_TIMEOUT_USEC=n                    how much longer it needs to start, stop or run
 * BARRIER=1                                with one descriptor and nothing else: the descriptor is
 *                                          closed when everything sent before has been taken
 * </pre>
 *
 * <p>Any other line is ignored, and descriptors that come with a message are closed.
 */
@NullMarked
package org.usersvc.daemon.notify;

import org.jspecify.annotations.NullMarked;
