/**
 * The state machine of a systemd service, pure: no clock, no files, no processes. {@link
 * org.usersvc.systemd.service.ServiceMachine} says what follows when something happens; who
 * performs its effects reports what became of them as events.
 *
 * <p>Source of all rules: systemd.service(5), systemd.kill(5), systemd.exec(5), sd_notify(3).
 */
@NullMarked
package org.usersvc.systemd.service;

import org.jspecify.annotations.NullMarked;
