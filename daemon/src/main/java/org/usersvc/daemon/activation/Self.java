package org.usersvc.daemon.activation;

import org.usersvc.daemon.model.Environment;

/**
 * What the daemon knows of itself.
 *
 * @param environment what it was started with
 */
public record Self(int pid, int uid, Environment environment) {}
