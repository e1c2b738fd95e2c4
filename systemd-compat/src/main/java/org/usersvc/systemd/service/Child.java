package org.usersvc.systemd.service;

/** A process that a service has. */
public sealed interface Child {
  /** It is ordered; its pid is not known yet. */
  record Ordered() implements Child {}

  /** It lives. */
  record Alive(int pid) implements Child {}
}
