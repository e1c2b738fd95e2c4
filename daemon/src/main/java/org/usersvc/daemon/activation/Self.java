package org.usersvc.daemon.activation;

import org.usersvc.daemon.model.Environment;

/**
 * The daemon's own process.
 *
 * @param environment the one that it was started with
 */
public record Self(int pid, int uid, Environment environment) {}
