package org.usersvc.systemd.view;

import java.util.Optional;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobState;
import org.usersvc.systemd.job.JobType;

/** The daemon's words for states of units. */
final class StateWord {
  /** The sub-state of a service that is active without a process. */
  private static final String EXITED = "exited";

  private StateWord() {}

  static String of(UnitState state, Optional<Job> job) {
    return switch (state.active()) {
      case ACTIVE, RELOADING -> state.sub().equals(EXITED) ? "done" : "run";
      case ACTIVATING -> state.restartsItself() ? "backoff" : "starting";
      case DEACTIVATING -> "finish";
      case FAILED -> job.filter(StateWord::isWaitingStart).isPresent() ? "waiting" : "failed";
      case INACTIVE -> job.filter(StateWord::isWaitingStart).isPresent() ? "waiting" : "down";
    };
  }

  private static boolean isWaitingStart(Job job) {
    boolean starts = job.type().wantsUp() || job.type() == JobType.RESTART;
    return starts && job.state() == JobState.WAITING;
  }

  /** The three words of sv. */
  static String ofSv(UnitState state) {
    return switch (state.active()) {
      case ACTIVE, RELOADING -> state.sub().equals(EXITED) ? "down" : "run";
      case ACTIVATING -> state.restartsItself() ? "down" : "run";
      case DEACTIVATING -> "finish";
      case INACTIVE, FAILED -> "down";
    };
  }
}
