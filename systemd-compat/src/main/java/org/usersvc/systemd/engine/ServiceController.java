package org.usersvc.systemd.engine;

import java.util.Optional;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.service.ServiceResult;

/** A service at run time. <b>Loop thread only.</b> */
public interface ServiceController extends Controller {
  /** The main process; 0 if there is none. */
  int mainPid();

  /** The process of a command that runs beside it; 0 if there is none. */
  int controlPid();

  /** How it has fared. */
  ServiceResult result();

  /** How often it was started again by {@code Restart=}. */
  int restarts();

  /** What it said of itself last by {@code STATUS=}. */
  String statusText();

  /** What it said last by {@code ERRNO=}; 0 if nothing. */
  int statusErrno();

  /** Its last main process; empty before the first. */
  Optional<Main> lastMain();

  /**
   * A main process. Immutable.
   *
   * @param ended empty while it lives
   */
  record Main(
      int pid, Stamps.Stamp began, Optional<Stamps.Stamp> ended, Optional<ExitStatus> status) {}
}
