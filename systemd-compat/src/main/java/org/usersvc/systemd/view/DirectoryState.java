package org.usersvc.systemd.view;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.unit.ActiveState;

/** The states of service directories in the words of units, and signals as their letters. */
final class DirectoryState {
  private static final UnitState RUNNING = new UnitState(ActiveState.ACTIVE, "running");
  private static final UnitState EXITED = new UnitState(ActiveState.ACTIVE, "exited");
  private static final UnitState STARTING = new UnitState(ActiveState.ACTIVATING, "start");
  private static final UnitState FINISHING = new UnitState(ActiveState.DEACTIVATING, "stop-post");
  private static final UnitState FAILED = new UnitState(ActiveState.FAILED, "failed");
  private static final UnitState WAITING =
      new UnitState(ActiveState.ACTIVATING, "auto-restart", true);

  private DirectoryState() {}

  /**
   * The state of a unit that a service directory is.
   *
   * @param view null if it has gone
   */
  static UnitState of(@Nullable ServiceView view) {
    if (view == null || view.isGone()) {
      return UnitState.DEAD;
    }
    return switch (view.state()) {
      case "run" -> view.isReady() ? RUNNING : STARTING;
      case "done" -> EXITED;
      case "incomplete", "waiting", "starting" -> STARTING;
      case "backoff" -> WAITING;
      case "finish" -> FINISHING;
      case "failed" -> FAILED;
      default -> UnitState.DEAD;
    };
  }

  /** The letter that sends a signal; 0 if none does. */
  static char letter(Signal signal) {
    return switch (signal) {
      case HUP -> 'h';
      case INT -> 'i';
      case QUIT -> 'q';
      case KILL -> 'k';
      case USR1 -> '1';
      case USR2 -> '2';
      case ALRM -> 'a';
      case TERM -> 't';
      case CONT -> 'c';
      case STOP -> 'p';
      case ILL, TRAP, ABRT, BUS, FPE, SEGV, PIPE, STKFLT, CHLD, TSTP, TTIN, TTOU -> 0;
      case URG, XCPU, XFSZ, VTALRM, PROF, WINCH, IO, PWR, SYS -> 0;
    };
  }
}
