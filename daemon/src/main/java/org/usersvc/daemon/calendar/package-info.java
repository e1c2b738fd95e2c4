/**
 * Times as people write them: calendar expressions and time spans of systemd.time(7), and the local
 * time zone. Text and instants go in and come out; nothing here reads a clock or a file. Pure.
 */
@NullMarked
package org.usersvc.daemon.calendar;

import org.jspecify.annotations.NullMarked;
