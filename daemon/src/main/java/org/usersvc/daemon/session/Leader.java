package org.usersvc.daemon.session;

/**
 * The process whose end ends a session.
 *
 * @param command the name of its program, printable
 */
public record Leader(int pid, String command) {}
