package org.usersvc.systemd.service;

/** What a service said last about itself by a message (sd_notify(3)). */
public enum Progress {
  NOTHING,
  READY,
  RELOADING,
  STOPPING
}
