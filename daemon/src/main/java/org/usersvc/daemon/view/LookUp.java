package org.usersvc.daemon.view;

/** The answer to a client's name: a service, or the reason why there is none. */
public sealed interface LookUp {
  /** This daemon has it. */
  record Found(Commanded service) implements LookUp {}

  /** There is something of that name, but this daemon does not supervise it. */
  record NotSupervised(String reason) implements LookUp {}

  /** There is nothing of that name. */
  record NoSuchService(String reason) implements LookUp {}
}
