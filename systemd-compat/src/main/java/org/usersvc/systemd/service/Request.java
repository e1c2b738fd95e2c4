package org.usersvc.systemd.service;

/** What a job asks of a service. A restart is a stop and a start. */
public enum Request {
  START,
  STOP,
  RELOAD
}
