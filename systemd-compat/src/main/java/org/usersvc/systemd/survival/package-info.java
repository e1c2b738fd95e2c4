/**
 * Units and jobs outlive the daemon. {@link org.usersvc.systemd.survival.Survival} keeps a record
 * of each, gives the records of an earlier daemon to the engine, and finds processes of units
 * without a record by their invocation ids. The text of a record is told in {@link
 * org.usersvc.systemd.record}.
 */
@NullMarked
package org.usersvc.systemd.survival;

import org.jspecify.annotations.NullMarked;
