package org.usersvc.daemon.activation;

import org.usersvc.daemon.model.Environment;

/**
 * The request to register a session.
 *
 * @param name the name of the session; empty: the one before, or none
 * @param leader the process whose end ends it, 0 if it is to be found
 * @param registrant the process that registers, 0 if unknown
 * @param displayNamed whether the client has named the display, instead of registering its own
 *     variables
 */
public record Registration(
    Environment variables, String name, int leader, int registrant, boolean displayNamed) {
  public Registration(Environment variables, String name, int leader, int registrant) {
    this(variables, name, leader, registrant, false);
  }

  /** The same with that process as leader. */
  Registration ledBy(int pid) {
    return new Registration(variables, name, pid, registrant, displayNamed);
  }
}
