package org.usersvc.daemon.activation;

import org.usersvc.daemon.model.Environment;

/**
 * What somebody registers.
 *
 * @param name what to call the session; empty: as before, or nothing
 * @param leader the process whose end ends it, 0: to be found out
 * @param registrant the process that registers, 0 if unknown
 */
public record Registration(Environment variables, String name, int leader, int registrant) {}
