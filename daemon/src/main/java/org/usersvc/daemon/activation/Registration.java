package org.usersvc.daemon.activation;

import org.usersvc.daemon.model.Environment;

/**
 * What somebody registers.
 *
 * @param name what to call the session; empty: as before, or nothing
 * @param leader the process whose end ends it, 0: to be found out
 * @param registrant the process that registers, 0 if unknown
 * @param displayNamed whether he has named the display, instead of handing over what he has
 */
public record Registration(
    Environment variables, String name, int leader, int registrant, boolean displayNamed) {
  public Registration(Environment variables, String name, int leader, int registrant) {
    this(variables, name, leader, registrant, false);
  }

  /** The same of a session that is led by that process. */
  Registration ledBy(int pid) {
    return new Registration(variables, name, pid, registrant, displayNamed);
  }
}
