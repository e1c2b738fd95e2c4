package org.usersvc.systemd.job;

import org.usersvc.systemd.unit.Words;

/** Whether a job is under way. */
public enum JobState {
  WAITING,
  RUNNING;

  /** The word that D-Bus shows. */
  public String word() {
    return Words.text(this);
  }
}
