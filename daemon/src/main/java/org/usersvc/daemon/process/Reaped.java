package org.usersvc.daemon.process;

import org.usersvc.daemon.model.ExitStatus;

/** A child that has ended and whose pid is free again. */
public record Reaped(int pid, ExitStatus status) {}
