package org.usersvc.systemd.job;

import org.usersvc.systemd.unit.Spelling;

/** Whether a job is under way. */
public enum JobState {
  WAITING,
  RUNNING;

  /** The word that D-Bus shows. */
  public String word() {
    return Spelling.of(this);
  }
}
