package org.usersvc.systemd.service;

import static org.usersvc.systemd.unit.ActiveState.ACTIVATING;
import static org.usersvc.systemd.unit.ActiveState.ACTIVE;
import static org.usersvc.systemd.unit.ActiveState.DEACTIVATING;
import static org.usersvc.systemd.unit.ActiveState.FAILED;
import static org.usersvc.systemd.unit.ActiveState.INACTIVE;
import static org.usersvc.systemd.unit.ActiveState.RELOADING;

import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Spelling;

/** The sub-state of a service, with what only that sub-state has. */
public sealed interface Phase {
  /** The state that all types of units have. */
  ActiveState active();

  /** The word for it in D-Bus and {@code systemctl}: {@code StopSigterm} is stop-sigterm. */
  default String word() {
    return Spelling.of(getClass());
  }

  /** The index of the command that runs; -1 if the phase has none. */
  default int command() {
    return -1;
  }

  /** Nothing of the service runs. */
  sealed interface Down extends Phase {}

  record Dead() implements Down {
    @Override
    public ActiveState active() {
      return INACTIVE;
    }
  }

  record Failed() implements Down {
    @Override
    public ActiveState active() {
      return FAILED;
    }
  }

  /** Passed on the way to AutoRestart, so that dependent units see the end. */
  record DeadBeforeAutoRestart() implements Down {
    @Override
    public ActiveState active() {
      return INACTIVE;
    }
  }

  /** Passed on the way to AutoRestart, so that dependent units see the failure. */
  record FailedBeforeAutoRestart() implements Down {
    @Override
    public ActiveState active() {
      return FAILED;
    }
  }

  /** Waits until RestartSec= has passed. */
  record AutoRestart() implements Down {
    @Override
    public ActiveState active() {
      return ACTIVATING;
    }
  }

  /** A restart job has been asked for. */
  record AutoRestartQueued() implements Down {
    @Override
    public ActiveState active() {
      return ACTIVATING;
    }
  }

  /**
   * The service is coming up.
   *
   * <p>Each of these has the index of the command that runs.
   */
  sealed interface Starting extends Phase {
    @Override
    int command();

    @Override
    default ActiveState active() {
      return ACTIVATING;
    }
  }

  record Condition(int command) implements Starting {}

  record StartPre(int command) implements Starting {}

  record Start(int command) implements Starting {}

  record StartPost(int command) implements Starting {}

  /** The service is up and nothing is asked of it. */
  sealed interface Up extends Phase {
    @Override
    default ActiveState active() {
      return ACTIVE;
    }
  }

  record Running() implements Up {}

  /** Up without a process: {@code RemainAfterExit=}. */
  record Exited() implements Up {}

  /** The service is up and reads its configuration anew. */
  sealed interface Reloading extends Phase {
    @Override
    default ActiveState active() {
      return RELOADING;
    }
  }

  record Reload(int command) implements Reloading {}

  /** The signal is sent; the service has not said RELOADING=1 yet. */
  record ReloadSignal() implements Reloading {}

  /** The service has said RELOADING=1. */
  record ReloadNotify() implements Reloading {}

  record ReloadPost(int command) implements Reloading {}

  /** The service is going down. */
  sealed interface Ending extends Phase {
    @Override
    default ActiveState active() {
      return DEACTIVATING;
    }
  }

  record Stop(int command) implements Ending {}

  record StopPost(int command) implements Ending {}

  /** A signal is sent, and processes are to end. */
  sealed interface Killing extends Ending {}

  record StopWatchdog() implements Killing {}

  record StopSigterm() implements Killing {}

  record StopSigkill() implements Killing {}

  record FinalWatchdog() implements Killing {}

  record FinalSigterm() implements Killing {}

  record FinalSigkill() implements Killing {}

  /** The step whose command runs in this phase as control process; null if none does. */
  default @Nullable ExecStep step() {
    return switch (this) {
      case Condition _ -> ExecStep.CONDITION;
      case StartPre _ -> ExecStep.START_PRE;
      case Start _ -> ExecStep.START;
      case StartPost _ -> ExecStep.START_POST;
      case Reload _ -> ExecStep.RELOAD;
      case ReloadPost _ -> ExecStep.RELOAD_POST;
      case Stop _ -> ExecStep.STOP;
      case StopPost _ -> ExecStep.STOP_POST;
      case Down _, Up _, Killing _, ReloadSignal _, ReloadNotify _ -> null;
    };
  }
}
