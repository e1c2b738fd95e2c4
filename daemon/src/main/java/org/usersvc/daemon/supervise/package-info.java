/**
 * The supervisor: performs what the state machine decides, follows the scan directory, and offers
 * the operations that every door calls. It knows no system call, no socket and no text format.
 */
@NullMarked
package org.usersvc.daemon.supervise;

import org.jspecify.annotations.NullMarked;
