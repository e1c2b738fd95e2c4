package org.usersvc.systemd.service;

/** How a request to a service ends. */
public enum Outcome {
  DONE,
  FAILED,
  /** A reload of a service that is not active. */
  INVALID
}
